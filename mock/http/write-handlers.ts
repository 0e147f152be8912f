/** Answers writes: synchronously, with a 202 and a status resource (profile §2), or with a 202 and an event (RFC 9967). */
import { header, requestMode, urn } from '../../schemas/names.js';
import type { Recorder } from '../events/recorder.js';
import type { Intake } from '../jobs/intake.js';
import { isAsynchronous, readBulk, requestIdOf } from '../jobs/write-request.js';
import type { StatusTokens } from '../policy/status-tokens.js';
import type { MockClient, Settings } from '../options.js';
import { isCompleted, type Job } from '../jobs/job.js';
import type { Submission } from '../jobs/submission.js';
import { failed, type Applied, type Operation, type WriteMethod } from '../operation.js';
import { acceptResource } from '../resources/accept.js';
import { locate } from '../resources/apply.js';
import { preparePatch } from '../resources/patch.js';
import { projectionOf, type Projection } from '../resources/projection.js';
import { etagOf, pathOf, represent } from '../resources/representation.js';
import { statusEtag, statusPath } from '../status/status-view.js';
import { emptyAnswer, scimAnswer, type Answer } from './answer.js';
import { patienceOf, promiseUnlessDone, type RespondAsyncContext } from './respond-async.js';

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

export interface WriteContext extends RespondAsyncContext {
  readonly intake: Intake;
  readonly write: Recorder;
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

/** The answer to a write that is done (RFC 7644 §3.3, §3.5, §3.6). */
const writtenAnswer = ({ status, stored }: Applied, baseUrl: string, projection: Projection): Answer =>
  stored === undefined
    ? emptyAnswer(status)
    : scimAnswer(status, projectionOf(stored.type, projection)(represent(stored, baseUrl)), {
        [header.location]: `${baseUrl}${pathOf(stored)}`,
        [header.etag]: etagOf(stored),
      });

/** The answer to a job of one operation that was waited for, the same as if the work had been done here. */
const settledAnswer = ({ results, written }: Job, baseUrl: string, projection: Projection): Answer => {
  const [result] = results;
  const [done] = written;
  if (result === undefined) throw new Error('the request has no result');
  if (failed(result)) return scimAnswer(Number(result.status), result.response);
  return done === undefined ? emptyAnswer(Number(result.status)) : writtenAnswer(done, baseUrl, projection);
};

const bulkAnswer = ({ results }: Job): Answer =>
  scimAnswer(200, {
    schemas: [urn.bulkResponse],
    Operations: results.filter((result) => result !== undefined && result.status !== '424'),
  });

export const answerWrite = async (request: WriteRequest, context: WriteContext): Promise<Answer> => {
  const { method, path, body, client, field, projection } = request;
  const { settings, baseUrl, intake } = context;
  const asynchronous = isAsynchronous(field(header.requestMode));
  const requestId = requestIdOf(field(header.requestId));
  const version = field(header.ifMatch);
  const operation: Operation = {
    method,
    path,
    ...(body === undefined ? {} : { data: body }),
    ...(version === undefined ? {} : { version }),
  };
  const submission: Submission = {
    client: client.name,
    requestId,
    method,
    path,
    body,
    operations: [operation],
    isBulk: false,
    mode: field(header.requestMode) ?? '',
    failOnErrors: undefined,
  };
  if (asynchronous) {
    checkAtOnce(operation);
    return accepted(intake.accept(submission), client, context);
  }
  const patience = patienceOf(field, context);
  if (patience !== undefined) {
    if (patience.isPreferred) checkAtOnce(operation);
    const job = intake.run(submission);
    return (await promiseUnlessDone(job, patience, context)) ?? settledAnswer(job, baseUrl, projection);
  }
  if (settings.operationMillis > 0) await context.clock.sleep(settings.operationMillis);
  return writtenAnswer(context.write(operation), baseUrl, projection);
};

export const answerBulk = async (
  { body, client, path, field }: WriteRequest,
  context: WriteContext,
): Promise<Answer> => {
  const { intake } = context;
  const asynchronous = isAsynchronous(field(header.requestMode));
  const requestId = requestIdOf(field(header.requestId));
  const { operations, failOnErrors } = readBulk(body, context.settings.maxOperations);
  const submission: Submission = {
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
  if (asynchronous) return accepted(intake.accept(submission), client, context);
  const patience = patienceOf(field, context);
  if (patience !== undefined) {
    const job = intake.run(submission);
    return (await promiseUnlessDone(job, patience, context)) ?? bulkAnswer(job);
  }
  // The same queue does the work; only the answer waits for it.
  const job = intake.run(submission);
  await job.settled;
  return bulkAnswer(job);
};
