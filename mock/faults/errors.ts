/** Faults of error semantics: ERR. */
import { header } from '../../schemas/names.js';
import { answering, edit, isAsync, isAccepted, on, both, withBody, withField, error, user, bodyOf } from './answers.js';
import type { Fault } from './fault.js';

export const errorsFaults: readonly Fault[] = [
  {
    name: 'errors-with-a-number-as-status',
    title: 'errors with a number as status',
    breaks: ['ERR-01'],
    seams: edit(
      (answer, { path }) => answer.status >= 400 && path.startsWith('/Users'),
      withBody((body) => ({ ...body, status: Number(body.status) })),
    ),
  },
  {
    name: '422-to-malformed-json',
    title: '422 to malformed JSON',
    breaks: ['ERR-02'],
    seams: edit(
      both(on(400, 'POST', /^\/Users$/), (answer) => bodyOf(answer).scimType === 'invalidSyntax'),
      () => error(422, 'invalidSyntax'),
    ),
  },
  {
    name: 'malformed-bulk-accepted',
    over: 'request-mode',
    title: '202 to an asynchronous bulk request that is not JSON',
    breaks: ['ERR-02'],
    seams: edit(
      (answer, request) =>
        on(400, 'POST', /^\/Bulk$/)(answer, request) &&
        isAsync(request) &&
        bodyOf(answer).detail === 'The body is not valid JSON.',
      () => ({ status: 202, headers: {} }),
    ),
  },
  {
    name: 'asynchronous-in-any-content-type',
    over: 'request-mode',
    title: '202 to an asynchronous request whose content type is not JSON',
    breaks: ['ERR-04'],
    seams: edit(
      (answer, request) =>
        answer.status === 415 && isAsync(request) && request.field(header.contentType) === 'application/xml',
      () => ({ status: 202, headers: {} }),
    ),
  },
  {
    name: '500-to-an-invalid-filter',
    title: '500 to an invalid filter',
    breaks: ['ERR-09'],
    entails: ['CORE-17'],
    seams: edit(on(400, 'GET', /^\/Users$/), () => error(500)),
  },
  {
    name: '503-to-an-invalid-filter',
    title: '503 without Retry-After to an invalid filter',
    breaks: ['ERR-09'],
    seams: edit(on(400, 'GET', /^\/Users$/), () => error(503)),
  },
  {
    name: 'nothing-served-after-deep-json',
    title: '503 with Retry-After to everything for a while after a body of deep JSON',
    breaks: ['ERR-09'],
    seams: answering(() => {
      let until = 0;
      return (answer, { method, path, field }, { environment: { clock } }) => {
        const isDeep = method === 'POST' && path === '/Users' && Number(field('content-length')) === 16_000;
        if (isDeep) until = clock.now() + 700;
        return isDeep || clock.now() >= until ? answer : withField(header.retryAfter, '1')(error(503));
      };
    }),
  },
  {
    name: '400-to-a-foreign-content-type',
    title: '400 to a foreign content type',
    breaks: ['ERR-04'],
    seams: edit(
      (answer) => answer.status === 415,
      () => error(400),
    ),
  },
  {
    name: 'invented-scimtype',
    title: 'an invented scimType',
    breaks: ['ERR-05'],
    seams: edit(
      both(
        on(400, 'POST', /^\/Users$/),
        (answer, { field }) => field(header.requestMode) === undefined && bodyOf(answer).scimType === 'invalidValue',
      ),
      withBody((body) => ({ ...body, scimType: 'invalidUser' })),
    ),
  },
  {
    name: '204-to-delete-of-nothing',
    title: '204 to DELETE of a resource that does not exist',
    breaks: ['ERR-07'],
    seams: edit(on(404, 'DELETE', user), () => ({ status: 204, headers: {} })),
  },
  {
    name: 'stack-trace',
    title: 'an error that contains a stack trace',
    breaks: ['ERR-08'],
    seams: edit(
      on(409, 'POST', /^\/Users$/),
      withBody((body) => ({ ...body, detail: 'Error: taken\n    at Store.create (/srv/app/store.js:10:3)' })),
    ),
  },
  {
    name: '500-to-an-invalid-patch',
    title: 'a PATCH that crashes',
    breaks: ['ERR-09'],
    entails: ['ERR-02'],
    seams: edit(on(400, 'PATCH', user), () => error(500)),
  },
  {
    name: 'refusal-with-a-status-resource',
    over: 'request-mode',
    title: 'a refused request with the Location of a status',
    breaks: ['ERR-10'],
    seams: answering(() => {
      let last = '';
      return (answer, request) => {
        if (isAccepted(answer, request)) last = answer.headers[header.location] ?? '';
        const refused =
          (answer.status === 400 || answer.status === 415) && request.path === '/Users' && isAsync(request);
        return refused && last !== '' ? withField(header.location, last)(answer) : answer;
      };
    }),
  },
];
