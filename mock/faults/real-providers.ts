/** Defects that were found in real providers. */
import { header, mediaType } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import { isJson } from '../json.js';
import { edit, isAsync, isStatusRead, on, withBody, withField, withOperations, withoutField } from './answers.js';
import type { Fault } from './fault.js';
import { working } from './work.js';

export const realProviderFaults: readonly Fault[] = [
  {
    name: 'accepted-before-authentication',
    over: 'request-mode',
    title: '202 to an asynchronous request whose credential is checked only later',
    breaks: ['SEC-01', 'SEC-02'],
    seams: edit(
      (answer, request) => answer.status === 401 && request.method === 'POST' && isAsync(request),
      (answer) => ({ status: 202, headers: withoutField(header.wwwAuthenticate)(answer).headers }),
    ),
  },
  {
    name: 'body-read-after-the-202',
    title: 'asynchronous requests that all fail later, because their body is lost',
    breaks: ['ERR-06', 'ERR-07', 'LIFE-06'],
    // In the respond-async binding these requirements show it as well.
    entails: ['ERR-09', 'PREF-01'],
    seams: working(() => async (task, honestly, { failure }) => {
      const { operation, job } = task;
      if (job.isBulk || operation.data === undefined) return honestly(task);
      return failure(operation, new Problem(500, 'error parsing the body'));
    }),
  },
  {
    name: 'server-path-in-an-error',
    title: 'an error for malformed JSON that contains a file path of the server',
    breaks: ['ERR-08'],
    seams: edit(
      on(400, 'POST', /^\/Users$/),
      withBody((body) =>
        body.scimType === 'invalidSyntax'
          ? { ...body, detail: 'error parsing the body: /usr/src/app/routers/users.py' }
          : body,
      ),
    ),
  },
  {
    name: 'unknown-path-without-a-body',
    title: '404 to an unknown path, without a body',
    breaks: ['ERR-01'],
    seams: edit(
      (answer, { path }) => answer.status === 404 && !/^\/(Users|Groups|provisions?)\//.test(path),
      () => ({ status: 404, headers: {} }),
    ),
  },
  {
    name: 'unknown-path-in-plain-json',
    title: '404 to an unknown path, in application/json and without a SCIM error',
    breaks: ['CORE-04', 'ERR-01'],
    seams: edit(
      (answer, { path }) => answer.status === 404 && !/^\/(Users|Groups|provisions?)\//.test(path),
      () => ({ status: 404, headers: { [header.contentType]: mediaType.json }, body: { detail: 'Not Found' } }),
    ),
  },
  {
    name: 'malformed-json-in-plain-json',
    title: 'an error for malformed JSON with the content type application/json',
    breaks: ['CORE-04'],
    seams: edit(
      (answer) => answer.status === 400 && isJson(answer.body) && answer.body.scimType === 'invalidSyntax',
      withField(header.contentType, mediaType.json),
    ),
  },
  {
    name: 'result-status-is-a-number',
    over: 'request-mode',
    title: 'results whose status is a number',
    breaks: ['LIFE-10'],
    seams: edit(
      isStatusRead,
      withOperations((operation) => ({ ...operation, status: Number(operation.status) })),
    ),
  },
];
