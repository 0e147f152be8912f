/** Handlers for the status of an asynchronous request, and for its cancellation (profile §2). */
import { header, requestMode } from '../../../schemas/names.js';
import { isCompleted, type Job } from '../../job.js';
import type { Settings } from '../../options.js';
import { Problem } from '../../problem.js';
import { statusEtag, statusPath } from '../../status/status-view.js';
import { matchesEtag } from '../../stored.js';
import { emptyAnswer, scimAnswer, type Answer } from '../answer.js';
import type { HandlerContext } from '../context.js';

/** Header fields of every answer with a status resource. */
const statusHeaders = (job: Job, { retryAfterSeconds }: Settings): Record<string, string> => ({
  [header.cacheControl]: 'no-store',
  [header.etag]: statusEtag(job),
  ...(isCompleted(job) ? {} : { [header.retryAfter]: String(retryAfterSeconds) }),
});

/** The 202 of an accepted request, with its status (profile §2) and, if the feature is on, a status token. */
export const acceptedAnswer = async (
  job: Job,
  client: string,
  { settings, seams, baseUrl, statusTokens }: HandlerContext,
): Promise<Answer> => {
  const token = statusTokens === undefined ? {} : { statusToken: await statusTokens.issue(client, job.id) };
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

export interface StatusRead {
  readonly id: string;
  readonly client: string;
  readonly originalRequestId: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/** Answers a read of a status, and records it in the audit trail. Rejects as `answerStatus`. */
export const answerAuditedStatus = async (read: StatusRead, context: HandlerContext): Promise<Answer> => {
  const note = async (status: number): Promise<void> => context.trail?.read(read.id, read.client, status);
  try {
    const answer = await answerStatus(read, context);
    await note(answer.status);
    return answer;
  } catch (error) {
    if (error instanceof Problem) await note(error.status);
    throw error;
  }
};

/** Rejects with a Problem of 404, or of 400 if X-Original-Request-ID names another request (SEC-04). */
const answerStatus = async (
  { id, client, originalRequestId, ifNoneMatch }: StatusRead,
  { settings, seams, baseUrl, intake, ports }: HandlerContext,
): Promise<Answer> => {
  const job = await intake.find(id, client);
  await ports.jobs.notePoll(id);
  if (originalRequestId !== undefined && originalRequestId !== job.requestId) {
    throw new Problem(400, `${header.originalRequestId} is not that of this request.`, 'invalidValue');
  }
  const headers = statusHeaders(job, settings);
  if (ifNoneMatch !== undefined && matchesEtag(ifNoneMatch, statusEtag(job))) return emptyAnswer(304, headers);
  return scimAnswer(200, seams.viewStatus(job, baseUrl), headers);
};

/**
 * Cancels what has not run yet (feature `cancel`, CNCL-01). Rejects with a Problem of 404, or of 409 if all has run.
 */
export const answerCancel = async (
  id: string,
  client: string,
  { intake, ports, trail }: HandlerContext,
): Promise<Answer> => {
  const job = await intake.find(id, client);
  const isCancelled = await ports.jobs.cancel(id);
  if (!isCancelled) throw new Problem(409, 'The request is completed: there is nothing left to cancel.');
  await trail?.changed(job, 'cancelled');
  return emptyAnswer(204, { [header.cacheControl]: 'no-store' });
};
