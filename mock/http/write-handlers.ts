/** Answers writes, synchronously or, where the mode asks for it, with a 202 and a status resource (profile §2). */
import { header, requestMode, urn } from '../../schemas/names.js';
import type { Intake } from '../intake/intake.js';
import { isAsynchronous, readBulk, requestIdOf } from '../intake/write-request.js';
import type { StatusTokens } from '../auth/status-tokens.js';
import type { MockClient, Settings } from '../options.js';
import { Problem } from '../problem.js';
import { isCompleted, type Job } from '../queue/job.js';
import type { Operation, WriteMethod } from '../queue/operation.js';
import { preparePatch } from '../resources/patch.js';
import { locate } from '../resources/apply.js';
import { acceptResource, etagOf, pathOf, represent, type Projection } from '../resources/representation.js';
import type { Seams } from '../seams.js';
import { statusEtag, statusPath } from '../status/status-view.js';
import { emptyAnswer, scimAnswer, type Answer } from './answer.js';

export interface WriteRequest {
  readonly method: WriteMethod;
  /** Under the base URL, without query. */
  readonly path: string;
  readonly client: MockClient;
  readonly body: unknown;
  /** Value of a request field; undefined where it is absent. */
  readonly field: (name: string) => string | undefined;
  readonly projection: Projection;
}

export interface WriteContext {
  readonly settings: Settings;
  readonly seams: Seams;
  readonly baseUrl: string;
  readonly intake: Intake;
  readonly apply: ReturnType<Seams['createApply']>;
  /** Undefined where the feature is off. */
  readonly statusTokens: StatusTokens | undefined;
}

/** Header fields of every answer with a status resource. */
export const statusHeaders = (job: Job, { retryAfterSeconds }: Settings): Record<string, string> => ({
  [header.cacheControl]: 'no-store',
  [header.etag]: statusEtag(job),
  ...(isCompleted(job) ? {} : { [header.retryAfter]: String(retryAfterSeconds) }),
});

const accepted = (job: Job, client: MockClient, { settings, seams, baseUrl, statusTokens }: WriteContext): Answer => {
  const token = statusTokens === undefined ? {} : { statusToken: statusTokens.issue(client, job.id) };
  return scimAnswer(
    202,
    { ...seams.viewStatus(job, baseUrl), ...token },
    {
      ...statusHeaders(job, settings),
      [header.location]: `${baseUrl}${statusPath(job)}`,
      [header.requestId]: job.requestId,
      [header.requestMode]: requestMode.asynchronous,
      [header.retryAfter]: String(settings.retryAfterSeconds),
    },
  );
};

/** What can be seen to be wrong before any work is done (profile D8). Throws Problem. */
const checkAtOnce = ({ method, path, data }: Operation): void => {
  const { type } = locate(path);
  if (method === 'POST' || method === 'PUT') acceptResource(type, data);
  if (method === 'PATCH') preparePatch(type, data);
};

export const answerWrite = async (request: WriteRequest, context: WriteContext): Promise<Answer> => {
  const { method, path, body, client, field } = request;
  const asynchronous = isAsynchronous(field(header.requestMode));
  const requestId = requestIdOf(field(header.requestId));
  const version = field(header.ifMatch);
  const operation: Operation = {
    method,
    path,
    ...(body === undefined ? {} : { data: body }),
    ...(version === undefined ? {} : { version }),
  };
  if (asynchronous) {
    checkAtOnce(operation);
    const job = context.intake.accept({
      client: client.name,
      requestId,
      method,
      path,
      body,
      operations: [operation],
      isBulk: false,
      mode: field(header.requestMode) ?? '',
      failOnErrors: undefined,
    });
    return accepted(job, client, context);
  }
  const { settings, seams, baseUrl, apply } = context;
  if (settings.operationMillis > 0) await seams.clock.sleep(settings.operationMillis);
  const { status, stored } = apply(operation);
  if (stored === undefined) return emptyAnswer(status);
  return scimAnswer(status, represent(stored, baseUrl, request.projection), {
    [header.location]: `${baseUrl}${pathOf(stored)}`,
    [header.etag]: etagOf(stored),
  });
};

export const answerBulk = async (
  { body, client, path, field }: WriteRequest,
  context: WriteContext,
): Promise<Answer> => {
  const asynchronous = isAsynchronous(field(header.requestMode));
  const requestId = requestIdOf(field(header.requestId));
  const { operations, failOnErrors } = readBulk(body, context.settings.maxOperations);
  const submission = {
    client: client.name,
    requestId,
    method: 'POST',
    path,
    body,
    operations,
    isBulk: true,
    mode: field(header.requestMode) ?? '',
    failOnErrors,
  };
  if (asynchronous) return accepted(context.intake.accept(submission), client, context);
  // The same queue does the work; only the answer waits for it.
  const job = context.intake.run(submission);
  await job.settled;
  const results = job.results.filter((result) => result !== undefined && result.status !== '424');
  return scimAnswer(200, { schemas: [urn.bulkResponse], Operations: results });
};

/** 405 with Allow (RFC 9110 §15.5.6). */
export const methodNotAllowed = (allow: readonly string[]): Problem =>
  new Problem(405, 'This endpoint does not have that method.', undefined, { [header.allow]: allow.join(', ') });
