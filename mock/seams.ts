/**
 * Where a wrong provider would deviate: each seam is one small function or object with one honest implementation.
 * A fault replaces a seam; honest code never asks whether there is one.
 */
import { urn } from '../schemas/names.js';
import type { ProvisionStatus } from '../schemas/types.js';
import type { Environment, TokenHeader } from './environment.js';
import type { Claims, EventContext } from './events/claims.js';
import { judgePushAnswer, type PushAnswer, type PushRequest, type PushVerdict } from './events/push/push-exchange.js';
import type { Answer } from './http/answer.js';
import type { Problem } from './problem.js';
import type { Job } from './jobs/job.js';
import { canonicalJson } from './jobs/canonical-json.js';
import { readPreference, type Preference } from './jobs/preference.js';
import type { RetryPolicy, Submission } from './jobs/submission.js';
import type { Applied, Operation, OperationResult } from './operation.js';
import type { Task, WorkQueue } from './jobs/work-queue.js';
import { createApply } from './resources/apply.js';
import type { Json } from './resources/representation.js';
import type { Store } from './resources/store.js';
import { viewStatus } from './status/status-view.js';

/** What of a request the response seam may look at. */
export interface RequestGist {
  readonly method: string;
  /** Under the base URL, without query. */
  readonly path: string;
  /** Name of the client that was let in; undefined where none was. */
  readonly client: string | undefined;
  /** Value of a request field; undefined where it is absent. */
  readonly field: (name: string) => string | undefined;
}

export interface Seams {
  /** Of requests and resources: unguessable (SEC-05). */
  readonly newId: () => string;
  /** Which of the ready tasks is next. */
  readonly next: (ready: readonly Task[]) => number;
  /** Writes operations to this store. */
  readonly createApply: (store: Store) => (operation: Operation) => Applied;
  /** Whether an asynchronous request is taken in request-mode; throws the Problem that refuses it. */
  readonly take: (submission: Submission) => void;
  /** Puts an accepted job into the queue. */
  readonly enqueue: (job: Job, queue: WorkQueue) => void;
  /** Does a task of an accepted request; `honestly` is how. */
  readonly work: (task: Task, honestly: () => Promise<OperationResult>, store: Store) => Promise<OperationResult>;
  readonly retries: RetryPolicy;
  /** Whose bucket a request of this client takes from. */
  readonly bucketOf: (client: string) => string;
  /** Whether this client may see a job (SEC-03). */
  readonly maySee: (job: Job, client: string) => boolean;
  /** Whether a status token of this job lets its bearer make this request (TOK-02). */
  readonly tokenAllows: (jobId: string, request: { readonly method: string; readonly path: string }) => boolean;
  readonly viewStatus: (job: Job, baseUrl: string) => ProvisionStatus;
  readonly renderError: (problem: Problem) => Json;
  /** What a Prefer field asks for (RFC 7240). */
  readonly prefers: (field: string | undefined) => Preference;
  /** Milliseconds for which a request is waited for before it is answered 202, of those that are due to it. */
  readonly waited: (millis: number, preference: Preference) => number;
  /** The last look at a token before it is signed; undefined: it is never made. */
  readonly claimsOf: (claims: Claims, context: EventContext) => Claims | undefined;
  /** The compact token; `honestly` is how. */
  readonly sign: (
    claims: Claims,
    header: TokenHeader,
    honestly: (claims: Claims, header: TokenHeader) => Promise<string>,
  ) => Promise<string>;
  /** Which tokens leave the stream of a client. */
  readonly pollStream: {
    /** Of those that the client has acknowledged. */
    readonly acknowledged: (jtis: readonly string[]) => readonly string[];
    /** Of those that were sent just now, without waiting for an acknowledgement. */
    readonly sent: (jtis: readonly string[]) => readonly string[];
  };
  /** The last look at a token before it is pushed. */
  readonly pushRequest: (request: PushRequest) => PushRequest;
  /** What the answer to a pushed token means. */
  readonly pushAnswer: (answer: PushAnswer) => PushVerdict;
  /** The last look at an answer before it is sent. */
  readonly respond: (answer: Answer, request: RequestGist) => Answer | Promise<Answer>;
}

export const honestSeams = ({ newId }: Pick<Environment, 'newId'>): Seams => ({
  newId,
  next: () => 0,
  createApply,
  take: () => undefined,
  enqueue: (job, queue) => queue.enqueue(job),
  work: (_, honestly) => honestly(),
  retries: {
    key: (client, requestId) => JSON.stringify([client, requestId]),
    fingerprint: ({ method, path, body }) => `${method} ${path} ${canonicalJson(body)}`,
    remembers: () => true,
  },
  bucketOf: (client) => client,
  maySee: (job, client) => job.client === client,
  tokenAllows: (jobId, { method, path }) =>
    ['GET', 'HEAD'].includes(method) && /^\/provisions?\/([^/]*)\/status$/.exec(path)?.[1] === jobId,
  viewStatus,
  renderError: ({ status, message, scimType }) => ({
    schemas: [urn.error],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: message,
  }),
  prefers: readPreference,
  waited: (millis) => millis,
  claimsOf: (claims) => claims,
  sign: (claims, header, honestly) => honestly(claims, header),
  pollStream: { acknowledged: (jtis) => jtis, sent: () => [] },
  pushRequest: (request) => request,
  pushAnswer: judgePushAnswer,
  respond: (answer) => answer,
});
