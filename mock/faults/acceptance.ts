/** Faults of request modes and acceptance: MODE, ACC. */
import { header, mediaType, requestMode } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import type { Answer } from '../http/answer.js';
import {
  answering,
  bodyOf,
  both,
  counts,
  edit,
  error,
  isAccepted,
  isAsync,
  isStatusRead,
  on,
  user,
  withBody,
  withField,
  withoutField,
} from './answers.js';
import type { Fault } from './fault.js';
import { refusing } from './work.js';

export const acceptanceFaults: readonly Fault[] = [
  {
    name: 'no-asynchronous-bulk',
    title: 'no asynchronous bulk, and so no work for a message either',
    breaks: ['MODE-01', 'MSGQ-01'],
    seams: refusing(({ isBulk }) => (isBulk ? new Problem(501, 'Bulk requests are synchronous.') : undefined)),
  },
  {
    name: '202-to-a-synchronous-patch',
    title: '202 to a synchronous PATCH',
    breaks: ['MODE-02'],
    seams: edit(on(200, 'PATCH', user), (answer) => ({ ...answer, status: 202 })),
  },
  {
    name: 'mode-value-in-lower-case-only',
    title: 'a mode that is accepted in lower case only',
    breaks: ['MODE-03'],
    seams: refusing(({ mode }) =>
      mode === requestMode.asynchronous ? undefined : new Problem(400, 'The mode is unknown.', 'invalidValue'),
    ),
  },
  {
    name: 'unknown-mode-is-not-implemented',
    title: '501 to an unknown mode',
    breaks: ['MODE-04'],
    seams: edit(
      both(
        on(400, 'POST', /^\/Users$/),
        (_, request) => request.field(header.requestMode) !== undefined && !isAsync(request),
      ),
      () => error(501),
    ),
  },
  {
    name: 'mode-compared-by-its-prefix',
    title: 'comparing only the first letters of the mode',
    breaks: ['MODE-04'],
    seams: edit(
      both(on(400, 'POST', /^\/Users$/), (_, { field }) => field(header.requestMode) === 'async'),
      () => error(202),
    ),
  },
  {
    name: '202-without-the-mode-field',
    title: '202 without the mode field',
    breaks: ['MODE-05'],
    seams: edit(isAccepted, withoutField(header.requestMode)),
  },
  {
    name: 'representation-depends-on-the-mode',
    title: 'a representation that changes if a mode is sent',
    breaks: ['MODE-06'],
    seams: edit(
      both(on(200, 'GET', user), (_, request) => isAsync(request)),
      withBody((body) => ({ ...body, mode: 'asynchronous' })),
    ),
  },
  {
    name: 'list-depends-on-the-mode',
    title: 'a list that changes if a mode is sent',
    breaks: ['MODE-06'],
    seams: edit(
      both(on(200, 'GET', /^\/Users$/), (_, request) => isAsync(request)),
      withBody((body) => ({ ...body, itemsPerPage: 0 })),
    ),
  },
  {
    name: 'no-asynchronous-delete',
    title: 'no asynchronous DELETE',
    breaks: ['MODE-07'],
    seams: refusing(({ method }) => (method === 'DELETE' ? new Problem(501, 'DELETE is synchronous.') : undefined)),
  },
  {
    name: 'status-not-readable-at-first',
    title: 'a status that cannot be read at first',
    breaks: ['ACC-01'],
    entails: ['SEC-04', 'STAT-01'],
    seams: answering(() => {
      const seen = new Set<string>();
      return (answer, request) => {
        if (!isStatusRead(answer, request) || seen.has(request.path)) return answer;
        seen.add(request.path);
        return error(404);
      };
    }),
  },
  {
    name: '202-without-location',
    title: '202 without Location',
    breaks: ['ACC-01'],
    seams: edit(isAccepted, withoutField(header.location)),
  },
  {
    name: 'count-not-a-number-on-the-202',
    title: 'a 202 whose count is not a number',
    breaks: ['ACC-02'],
    seams: edit(
      isAccepted,
      withBody((body) => ({ ...body, operationsCount: { ...counts(body), total: 'one' } })),
    ),
  },
  {
    name: '202-in-application-json',
    title: '202 with the content type application/json',
    breaks: ['ACC-02'],
    seams: edit(isAccepted, withField(header.contentType, mediaType.json)),
  },
  {
    name: '202-without-a-body',
    title: '202 without a body',
    breaks: ['ACC-03'],
    seams: edit(isAccepted, ({ status, headers }) => withoutField(header.contentType)({ status, headers })),
  },
  {
    name: 'one-status-for-all-creates',
    title: 'the same status for all creates',
    // The status of the first request is also shown for a duplicate, where it is wrong.
    breaks: ['ACC-04', 'ERR-06'],
    // The status may say completed although the create is not finished.
    entails: ['LIFE-04', 'LIFE-11'],
    seams: answering(() => {
      let first: Answer | undefined;
      return (answer, request) => {
        if (
          !both(isAccepted, on(202, 'POST', /^\/Users$/))(answer, request) ||
          request.field(header.requestId) !== undefined
        )
          return answer;
        first ??= answer;
        const location = first.headers[header.location] ?? '';
        return { ...withField(header.location, location)(answer), body: first.body };
      };
    }),
  },
  {
    name: 'request-id-changed-on-the-202',
    title: 'a 202 with a changed request id',
    breaks: ['ACC-05'],
    seams: edit(
      // UUIDs are returned unchanged, so that reads with X-Original-Request-ID still work (SEC-04).
      both(isAccepted, (_, { field }) => !/^[0-9a-f-]*$/.test(field(header.requestId) ?? '')),
      (answer) => withField(header.requestId, `${answer.headers[header.requestId] ?? ''}!`)(answer),
    ),
  },
  {
    name: 'retry-after-not-a-number',
    title: 'a Retry-After that is neither a number nor a date',
    breaks: ['ACC-06'],
    seams: edit(isAccepted, withField(header.retryAfter, 'soon')),
  },
  {
    name: '202-after-the-work-is-done',
    title: '202 only after the work is finished',
    breaks: ['ACC-07'],
    seams: (base, { clock }) => {
      const baseUrls = new Map<string, string>();
      return {
        viewStatus: (job, baseUrl) => {
          baseUrls.set(job.id, baseUrl);
          return base.viewStatus(job, baseUrl);
        },
        respond: async (honest, request, ports) => {
          const answer = await base.respond(honest, request, ports);
          const id = String(bodyOf(answer).id);
          const baseUrl = baseUrls.get(id);
          if (!on(202, 'POST', /^\/Bulk$/)(answer, request) || baseUrl === undefined) return answer;
          const job = await ports.jobs.completed(id, new AbortController().signal);
          await clock.sleep(300);
          return job === undefined
            ? answer
            : { ...answer, body: { ...bodyOf(answer), ...base.viewStatus(job, baseUrl) } };
        },
      };
    },
  },
];
