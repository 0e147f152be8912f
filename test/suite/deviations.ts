/**
 * Wrong providers, each the honest mock with one deviation, and the requirements that it breaks. Together they show
 * that every judge can fail, and that a failure belongs to one requirement.
 */
import { header, mediaType, requestMode, urn } from '../../schemas/names.js';
import type { Answer } from '../../mock/http/answer.js';
import { Problem } from '../../mock/problem.js';
import type { Job } from '../../mock/queue/job.js';
import { createApply } from '../../mock/resources/apply.js';
import { honestSeams, type RequestGist, type Seams } from '../../mock/seams.js';

export interface Deviation {
  readonly name: string;
  /** Exactly these requirements turn red (or, where SHOULD is broken, amber). */
  readonly breaks: readonly string[];
  /** Milliseconds of work for each operation, where it has to take its time to be seen pending. */
  readonly operationMillis?: number;
  /** Made anew for each mock, because some remember what they did. */
  readonly seams: () => Partial<Seams>;
}

type Json = Record<string, unknown>;
type Match = (answer: Answer, request: RequestGist) => boolean;

const bodyOf = (answer: Answer): Json =>
  typeof answer.body === 'object' && answer.body !== null ? { ...answer.body } : {};
const isAsync = (request: RequestGist): boolean =>
  request.field(header.requestMode)?.toLowerCase() === requestMode.asynchronous;
const isStatusRead = (answer: Answer, { method, path }: RequestGist): boolean =>
  method === 'GET' && path.endsWith('/status') && answer.status === 200;
const isAccepted: Match = (answer) => answer.status === 202;
const on =
  (status: number, method: string, path: RegExp): Match =>
  (answer, request) =>
    answer.status === status && request.method === method && path.test(request.path);
const both =
  (...matches: ((answer: Answer, request: RequestGist) => boolean)[]): Match =>
  (answer, request) =>
    matches.every((match) => match(answer, request));

const edit =
  (match: Match, change: (answer: Answer, request: RequestGist) => Answer | Promise<Answer>): (() => Partial<Seams>) =>
  () => ({ respond: (answer, request) => (match(answer, request) ? change(answer, request) : answer) });

const withBody =
  (change: (body: Json) => Json) =>
  (answer: Answer): Answer => ({ ...answer, body: change(bodyOf(answer)) });
const withoutMember = (name: string) =>
  withBody((body) => Object.fromEntries(Object.entries(body).filter(([key]) => key !== name)));
const withoutField =
  (name: string) =>
  (answer: Answer): Answer => ({
    ...answer,
    headers: Object.fromEntries(Object.entries(answer.headers).filter(([field]) => field !== name)),
  });
const withField =
  (name: string, value: string) =>
  (answer: Answer): Answer => ({
    ...answer,
    headers: { ...answer.headers, [name]: value },
  });
const error = (status: number, scimType?: string): Answer => ({
  status,
  headers: { [header.contentType]: mediaType.scim },
  body: { schemas: [urn.error], status: String(status), ...(scimType === undefined ? {} : { scimType }) },
});
const member = (body: Json, name: string): Json => ({ ...(body[name] as Json) });
const counts = (body: Json): Json => member(body, 'operationsCount');
const completed = (body: Json): boolean => member(body, 'status').completed === true;
const config = on(200, 'GET', /^\/ServiceProviderConfig$/);
const user = /^\/Users\/[^/]+$/;

export const deviations: readonly Deviation[] = [
  {
    name: 'config without patch',
    breaks: ['CORE-01'],
    seams: edit(config, withoutMember('patch')),
  },
  {
    name: '201 without Location',
    breaks: ['CORE-02'],
    seams: edit(on(201, 'POST', /^\/Users$/), withoutField(header.location)),
  },
  {
    name: 'PUT that forgets the body',
    breaks: ['CORE-03'],
    seams: () => ({
      createApply: (store) => {
        const apply = createApply(store);
        return (operation) =>
          operation.method === 'PUT'
            ? apply({
                ...operation,
                data: { schemas: [urn.user], userName: (operation.data as Json).userName, displayName: 'Nobody' },
              })
            : apply(operation);
      },
    }),
  },
  {
    name: 'DELETE that keeps the user',
    breaks: ['CORE-03', 'ERR-07'],
    seams: () => ({
      createApply: (store) => {
        const apply = createApply(store);
        // The sweep deletes again and is heard: only the first DELETE of a user is lost.
        const lost = new Set<string>();
        return (operation) => {
          if (operation.method !== 'DELETE' || lost.has(operation.path)) return apply(operation);
          lost.add(operation.path);
          return { status: 204 };
        };
      },
    }),
  },
  {
    name: 'a user in application/json',
    breaks: ['CORE-04'],
    seams: edit(on(200, 'GET', user), withField(header.contentType, 'application/json; charset=utf-8')),
  },
  {
    name: 'a bulk response without its last result',
    breaks: ['CORE-05'],
    seams: edit(
      on(200, 'POST', /^\/Bulk$/),
      withBody((body) => ({ ...body, Operations: (body.Operations as unknown[]).slice(0, -1) })),
    ),
  },
  {
    name: 'totalResults one too high',
    breaks: ['CORE-06'],
    seams: edit(
      on(200, 'GET', /^\/Users$/),
      withBody((body) => ({ ...body, totalResults: Number(body.totalResults) + 1 })),
    ),
  },
  {
    name: 'features that are no list',
    breaks: ['DISC-01'],
    seams: edit(
      config,
      withBody((body) => ({
        ...body,
        [urn.asyncServiceProviderConfig]: { ...member(body, urn.asyncServiceProviderConfig), features: 'idempotency' },
      })),
    ),
  },
  {
    name: 'another status endpoint than advertised',
    breaks: ['DISC-02'],
    seams: edit(
      config,
      withBody((body) => ({
        ...body,
        [urn.asyncServiceProviderConfig]: {
          ...member(body, urn.asyncServiceProviderConfig),
          statusEndpoint: '/jobs/{id}',
        },
      })),
    ),
  },
  {
    name: 'asynchronous without advertising it',
    breaks: ['DISC-02'],
    seams: edit(
      config,
      withBody((body) => ({
        ...body,
        [urn.asyncServiceProviderConfig]: {
          ...member(body, urn.asyncServiceProviderConfig),
          requestModes: ['synchronous'],
        },
      })),
    ),
  },
  {
    name: 'eventUris that are no list',
    breaks: ['DISC-03'],
    seams: edit(
      config,
      withBody((body) => ({ ...body, securityEvents: { asyncRequest: 'none', eventUris: 'all' } })),
    ),
  },
  {
    name: '202 to Prefer where asyncRequest is none',
    breaks: ['DISC-04'],
    seams: edit(
      both(on(201, 'POST', /^\/Users$/), (_, { field }) => field(header.prefer) === 'respond-async'),
      (answer) => ({ ...answer, status: 202 }),
    ),
  },
  {
    name: 'no asynchronous bulk',
    breaks: ['MODE-01'],
    seams: edit(on(202, 'POST', /^\/Bulk$/), () => error(501)),
  },
  {
    name: '202 to a synchronous PATCH',
    breaks: ['MODE-02'],
    seams: edit(on(200, 'PATCH', user), (answer) => ({ ...answer, status: 202 })),
  },
  {
    name: 'the mode value in lower case only',
    breaks: ['MODE-03'],
    seams: edit(
      both(isAccepted, (_, { field }) => field(header.requestMode) !== requestMode.asynchronous),
      () => error(400, 'invalidValue'),
    ),
  },
  {
    name: 'an unknown mode is not implemented',
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
    name: '202 that does not say its mode',
    breaks: ['MODE-05'],
    seams: edit(isAccepted, withoutField(header.requestMode)),
  },
  {
    name: 'another representation where the mode is given',
    breaks: ['MODE-06'],
    seams: edit(
      both(on(200, 'GET', user), (_, request) => isAsync(request)),
      withBody((body) => ({ ...body, mode: 'asynchronous' })),
    ),
  },
  {
    name: 'no asynchronous DELETE',
    breaks: ['MODE-07'],
    seams: edit(on(202, 'DELETE', user), () => error(501)),
  },
  {
    name: 'a status that is there only a moment later',
    breaks: ['ACC-01'],
    seams: () => {
      const seen = new Set<string>();
      return {
        respond: (answer, request) => {
          if (!isStatusRead(answer, request) || seen.has(request.path)) return answer;
          seen.add(request.path);
          return error(404);
        },
      };
    },
  },
  { name: '202 without Location', breaks: ['ACC-01'], seams: edit(isAccepted, withoutField(header.location)) },
  {
    name: 'a count in words on the 202',
    breaks: ['ACC-02'],
    seams: edit(
      isAccepted,
      withBody((body) => ({ ...body, operationsCount: { ...counts(body), total: 'one' } })),
    ),
  },
  {
    name: '202 in application/json',
    breaks: ['ACC-02'],
    seams: edit(isAccepted, withField(header.contentType, mediaType.json)),
  },
  {
    name: '202 without a body',
    breaks: ['ACC-03'],
    seams: edit(isAccepted, ({ status, headers }) => withoutField(header.contentType)({ status, headers })),
  },
  {
    name: 'one status for all creates',
    // What the status of another request says of a duplicate is wrong, too.
    breaks: ['ACC-04', 'ERR-06'],
    seams: () => {
      let first: Answer | undefined;
      return {
        respond: (answer, request) => {
          if (!on(202, 'POST', /^\/Users$/)(answer, request) || request.field(header.requestId) !== undefined)
            return answer;
          first ??= answer;
          const location = first.headers[header.location] ?? '';
          return { ...withField(header.location, location)(answer), body: first.body };
        },
      };
    },
  },
  {
    name: 'a request id that is shouted back',
    breaks: ['ACC-05'],
    seams: edit(
      // Of usual ids it is the right one, so that reads with X-Original-Request-ID can follow it (SEC-04).
      both(isAccepted, (_, { field }) => !/^[0-9a-f-]*$/.test(field(header.requestId) ?? '')),
      (answer) => withField(header.requestId, `${answer.headers[header.requestId] ?? ''}!`)(answer),
    ),
  },
  { name: 'Retry-After in words', breaks: ['ACC-06'], seams: edit(isAccepted, withField(header.retryAfter, 'soon')) },
  {
    name: '202 after the work is done',
    breaks: ['ACC-07'],
    seams: () => {
      const jobs = new Map<string, { job: Job; baseUrl: string }>();
      return {
        viewStatus: (job, baseUrl) => {
          jobs.set(job.id, { job, baseUrl });
          return honestSeams.viewStatus(job, baseUrl);
        },
        respond: async (answer, request) => {
          const held = jobs.get(String(bodyOf(answer).id));
          if (!on(202, 'POST', /^\/Bulk$/)(answer, request) || held === undefined) return answer;
          await held.job.settled;
          await honestSeams.clock.sleep(300);
          return { ...answer, body: honestSeams.viewStatus(held.job, held.baseUrl) };
        },
      };
    },
  },
  {
    name: 'a count in words in the status',
    breaks: ['STAT-01'],
    seams: edit(
      isStatusRead,
      withBody((body) => ({ ...body, operationsCount: { ...counts(body), success: 'all' } })),
    ),
  },
  {
    name: 'another id while pending',
    operationMillis: 30,
    breaks: ['STAT-02'],
    seams: edit(
      both(isStatusRead, (answer) => !completed(bodyOf(answer))),
      withBody((body) => ({ ...body, id: `${String(body.id)}0` })),
    ),
  },
  {
    name: 'counts that do not add up for a moment',
    operationMillis: 30,
    breaks: ['STAT-03'],
    seams: edit(
      both(isStatusRead, (answer) => !completed(bodyOf(answer))),
      withBody((body) => ({
        ...body,
        operationsCount: { ...counts(body), pending: Number(counts(body).pending) + 1 },
      })),
    ),
  },
  {
    name: 'a total that grows',
    breaks: ['STAT-04'],
    seams: edit(
      both(isStatusRead, (answer) => completed(bodyOf(answer))),
      withBody((body) => ({
        ...body,
        operationsCount: {
          ...counts(body),
          total: Number(counts(body).total) + 1,
          success: Number(counts(body).success) + 1,
        },
      })),
    ),
  },
  {
    name: 'completed a little early',
    operationMillis: 30,
    breaks: ['STAT-05'],
    seams: edit(
      both(isStatusRead, (answer) => !completed(bodyOf(answer))),
      withBody((body) => {
        const success = counts(body).failed === 0;
        return { ...body, status: { completed: true, success }, state: success ? 'completed' : 'failed' };
      }),
    ),
  },
  {
    name: 'success that is never said',
    breaks: ['STAT-06'],
    seams: edit(
      both(isStatusRead, (answer) => completed(bodyOf(answer))),
      withBody((body) => ({ ...body, status: { completed: true, success: false }, state: 'failed' })),
    ),
  },
  {
    name: '406 to Accept: application/json',
    breaks: ['STAT-07'],
    seams: edit(
      both(isStatusRead, (_, { field }) => field(header.accept) === mediaType.json),
      () => error(406),
    ),
  },
  {
    name: 'the status elsewhere',
    breaks: ['STAT-08'],
    seams: () => ({
      respond: (answer, request) => {
        if (isAccepted(answer, request)) {
          return withField(
            header.location,
            (answer.headers[header.location] ?? '').replace('/provision/', '/provisions/'),
          )(answer);
        }
        if (config(answer, request)) {
          return withBody((body) => ({
            ...body,
            [urn.asyncServiceProviderConfig]: {
              ...member(body, urn.asyncServiceProviderConfig),
              statusEndpoint: '/provisions/{id}/status',
            },
          }))(answer);
        }
        return isStatusRead(answer, request) && request.path.startsWith('/provision/') ? error(404) : answer;
      },
    }),
  },
  {
    name: '400 to an unknown status',
    breaks: ['STAT-09'],
    seams: edit(
      (answer, { method, path }) => method === 'GET' && path.endsWith('/status') && answer.status === 404,
      () => error(400),
    ),
  },
  {
    name: 'PUT on a status is taken',
    breaks: ['STAT-10'],
    seams: edit(on(405, 'PUT', /\/status$/), () => ({ ...error(200), body: {} })),
  },
  {
    name: '405 without Allow',
    breaks: ['STAT-10'],
    seams: edit(on(405, 'PUT', /\/status$/), withoutField(header.allow)),
  },
  {
    name: 'polls without Retry-After',
    operationMillis: 30,
    breaks: ['STAT-11'],
    seams: edit(isStatusRead, withoutField(header.retryAfter)),
  },
  {
    name: 'a password in an error',
    breaks: ['STAT-12'],
    seams: () => ({
      createApply: (store) => {
        const apply = createApply(store);
        return (operation) => {
          try {
            return apply(operation);
          } catch (cause) {
            const password = (operation.data as Json | undefined)?.password;
            if (!(cause instanceof Problem) || typeof password !== 'string') throw cause;
            throw new Problem(cause.status, `${cause.message} (${password})`, cause.scimType);
          }
        };
      },
    }),
  },
  {
    name: 'one ETag for all states',
    operationMillis: 30,
    breaks: ['STAT-13'],
    seams: edit(isStatusRead, withField(header.etag, 'W/"0"')),
  },
  {
    name: 'a status without meta',
    breaks: ['STAT-14'],
    seams: edit(isStatusRead, withoutMember('meta')),
  },
  {
    name: 'a state of its own',
    breaks: ['STAT-15'],
    seams: edit(
      both(isStatusRead, (answer) => completed(bodyOf(answer))),
      withBody((body) => ({ ...body, state: 'done' })),
    ),
  },
  {
    name: 'back to queued after processing',
    operationMillis: 30,
    breaks: ['STAT-15'],
    seams: () => {
      const polls = new Map<string, number>();
      return {
        respond: (answer, request) => {
          if (!isStatusRead(answer, request) || completed(bodyOf(answer))) return answer;
          const number = (polls.get(request.path) ?? 0) + 1;
          polls.set(request.path, number);
          const stepping = withBody((body) => ({ ...body, state: number % 2 === 1 ? 'processing' : 'queued' }));
          return withoutField(header.etag)(stepping(answer));
        },
      };
    },
  },
  {
    name: 'errors with a number as status',
    breaks: ['ERR-01'],
    seams: edit(
      (answer, { path }) => answer.status >= 400 && path.startsWith('/Users'),
      withBody((body) => ({ ...body, status: Number(body.status) })),
    ),
  },
  {
    name: '422 to malformed JSON',
    breaks: ['ERR-02'],
    seams: edit(
      both(on(400, 'POST', /^\/Users$/), (answer) => bodyOf(answer).scimType === 'invalidSyntax'),
      () => error(422, 'invalidSyntax'),
    ),
  },
  {
    name: 'users without userName',
    breaks: ['ERR-03'],
    seams: () => ({
      createApply: (store) => {
        const apply = createApply(store);
        return (operation) => {
          const data = operation.data as Json | undefined;
          if (operation.method !== 'POST' || !Array.isArray(data?.schemas) || data.userName !== undefined)
            return apply(operation);
          return apply({ ...operation, data: { ...data, userName: `unnamed-${honestSeams.newId()}` } });
        };
      },
    }),
  },
  {
    name: '400 to a foreign content type',
    breaks: ['ERR-04'],
    seams: edit(
      (answer) => answer.status === 415,
      () => error(400),
    ),
  },
  {
    name: 'a scimType of its own',
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
    name: '400 to a duplicate',
    breaks: ['ERR-06'],
    seams: edit(on(409, 'POST', /^\/Users$/), () => error(400, 'uniqueness')),
  },
  {
    name: '204 to DELETE of nothing',
    breaks: ['ERR-07'],
    seams: edit(on(404, 'DELETE', user), () => ({ status: 204, headers: {} })),
  },
  {
    name: 'a stack trace',
    breaks: ['ERR-08'],
    seams: edit(
      on(409, 'POST', /^\/Users$/),
      withBody((body) => ({ ...body, detail: 'Error: taken\n    at Store.create (/srv/app/store.js:10:3)' })),
    ),
  },
  {
    name: 'a PATCH that crashes',
    breaks: ['ERR-09'],
    seams: edit(on(400, 'PATCH', user), () => error(500)),
  },
  {
    name: 'a refusal with a status resource',
    breaks: ['ERR-10'],
    seams: () => {
      let last = '';
      return {
        respond: (answer, request) => {
          if (isAccepted(answer, request)) last = answer.headers[header.location] ?? '';
          const refused =
            (answer.status === 400 || answer.status === 415) && request.path === '/Users' && isAsync(request);
          return refused && last !== '' ? withField(header.location, last)(answer) : answer;
        },
      };
    },
  },
  {
    name: '401 without WWW-Authenticate',
    breaks: ['SEC-01'],
    seams: edit((answer) => answer.status === 401, withoutField(header.wwwAuthenticate)),
  },
  {
    name: '403 to a bad credential',
    breaks: ['SEC-02'],
    seams: edit(
      (answer, { field }) => answer.status === 401 && field(header.authorization) !== undefined,
      () => error(403),
    ),
  },
  {
    name: 'a status for whoever names another request',
    breaks: ['SEC-04'],
    seams: () => {
      const statuses = new Map<string, Answer>();
      return {
        respond: (answer, request) => {
          if (isStatusRead(answer, request)) statuses.set(request.path, answer);
          return answer.status === 400 ? (statuses.get(request.path) ?? answer) : answer;
        },
      };
    },
  },
  {
    name: '200 to a hostile id',
    breaks: ['SEC-06'],
    seams: edit(both(on(404, 'GET', /^\/Users\/.*%2f/i)), () => ({ ...error(200), body: {} })),
  },
  {
    name: 'the credential in a field',
    breaks: ['SEC-08'],
    seams: edit(on(200, 'GET', user), (answer, { field }) =>
      withField('X-Debug', field(header.authorization) ?? '')(answer),
    ),
  },
  {
    name: 'a status that may be cached',
    breaks: ['SEC-09'],
    seams: edit(isStatusRead, withoutField(header.cacheControl)),
  },
];
