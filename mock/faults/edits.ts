/** The tools that faults are made of: what an answer is about, and how it is changed. */
import { header, mediaType, requestMode, urn } from '../../schemas/names.js';
import type { Environment } from '../environment.js';
import type { Answer } from '../http/answer.js';
import type { Job } from '../jobs/job.js';
import type { Submission } from '../jobs/submission.js';
import type { Problem } from '../problem.js';
import { isJson, type Json } from '../resources/representation.js';
import type { Store } from '../resources/store.js';
import type { RequestGist, Seams } from '../seams.js';
import type { Fault } from './fault.js';

type Apply = ReturnType<Seams['createApply']>;
export type Match = (answer: Answer, request: RequestGist) => boolean;

export const bodyOf = (answer: Answer): Json => (isJson(answer.body) ? { ...answer.body } : {});
export const isAsync = (request: RequestGist): boolean =>
  request.field(header.requestMode)?.toLowerCase() === requestMode.asynchronous;
export const isStatusRead = (answer: Answer, { method, path }: RequestGist): boolean =>
  method === 'GET' && path.endsWith('/status') && answer.status === 200;
/** The 202 of request-mode; that of RFC 9967 has no body. */
export const isAccepted: Match = (answer, request) => answer.status === 202 && isAsync(request);
export const on =
  (status: number, method: string, path: RegExp): Match =>
  (answer, request) =>
    answer.status === status && request.method === method && path.test(request.path);
export const both =
  (...matches: ((answer: Answer, request: RequestGist) => boolean)[]): Match =>
  (answer, request) =>
    matches.every((match) => match(answer, request));

export type Change = (answer: Answer, request: RequestGist, environment: Environment) => Answer | Promise<Answer>;

/** Changes answers; `make` is called once for each mock, for what has to remember. */
export const answering =
  (make: () => Change): Fault['seams'] =>
  ({ respond }, environment) => {
    const change = make();
    return { respond: async (answer, request) => change(await respond(answer, request), request, environment) };
  };

/** Changes the answers that match. */
export const edit = (match: Match, change: Change): Fault['seams'] =>
  answering(
    () => (answer, request, environment) => (match(answer, request) ? change(answer, request, environment) : answer),
  );

/** Changes what writing to the store does. */
export const applying =
  (change: (apply: Apply, store: Store, environment: Environment) => Apply): Fault['seams'] =>
  ({ createApply }, environment) => ({
    createApply: (store) => change(createApply(store), store, environment),
  });

export const withBody =
  (change: (body: Json) => Json) =>
  (answer: Answer): Answer => ({ ...answer, body: change(bodyOf(answer)) });
export const withoutMember = (name: string) =>
  withBody((body) => Object.fromEntries(Object.entries(body).filter(([key]) => key !== name)));
export const withoutField =
  (name: string) =>
  (answer: Answer): Answer => ({
    ...answer,
    headers: Object.fromEntries(Object.entries(answer.headers).filter(([field]) => field !== name)),
  });
export const withField =
  (name: string, value: string) =>
  (answer: Answer): Answer => ({
    ...answer,
    headers: { ...answer.headers, [name]: value },
  });
export const error = (status: number, scimType?: string): Answer => ({
  status,
  headers: { [header.contentType]: mediaType.scim },
  body: { schemas: [urn.error], status: String(status), ...(scimType === undefined ? {} : { scimType }) },
});
export const member = (body: Json, name: string): Json => (isJson(body[name]) ? { ...body[name] } : {});
export const counts = (body: Json): Json => member(body, 'operationsCount');
export const completed = (body: Json): boolean => member(body, 'status').completed === true;
export const config = on(200, 'GET', /^\/ServiceProviderConfig$/);
export const user = /^\/Users\/[^/]+$/;

/** Changes the async extension in ServiceProviderConfig. */
export const withExtension = (change: (extension: Json) => Json) =>
  withBody((body) => ({
    ...body,
    [urn.asyncServiceProviderConfig]: change(member(body, urn.asyncServiceProviderConfig)),
  }));

/** Leaves what was stopped in such jobs pending for ever. */
export const leavingPending =
  (isOne: (job: Job) => boolean): Fault['seams'] =>
  (base, environment) => ({
    viewStatus: (job, baseUrl) => {
      const { Operations, ...view } = base.viewStatus(job, baseUrl);
      const stopped = isOne(job) ? job.results.filter((result) => result?.status === '424').length : 0;
      if (stopped === 0) return Operations === undefined ? view : { ...view, Operations };
      return {
        ...view,
        operationsCount: {
          ...view.operationsCount,
          failed: view.operationsCount.failed - stopped,
          pending: view.operationsCount.pending + stopped,
        },
        status: { completed: false, success: false },
        state: 'processing',
      };
    },
    // The honest answer is one of a completed request.
    ...edit(
      (answer, request) => isStatusRead(answer, request) && !completed(bodyOf(answer)),
      (answer) => ({ ...answer, headers: { [header.retryAfter]: '0', ...answer.headers } }),
    )(base, environment),
  });

/** Refuses asynchronous requests before anything is done of them. */
export const refusing =
  (why: (submission: Submission) => Problem | undefined): Fault['seams'] =>
  ({ take }) => ({
    take: (submission) => {
      const problem = why(submission);
      if (problem !== undefined) throw problem;
      take(submission);
    },
  });
