/** Writes with Prefer: respond-async (RFC 9967): how long the mock waits for them, and the 202 if they take longer. */
import { header, respondAsync } from '../../../schemas/names.js';
import { waitFor } from '../../clock.js';
import { isCompleted, type Job } from '../../job.js';
import { emptyAnswer, type Answer } from '../answer.js';
import type { HandlerContext } from '../context.js';
import { pendingHeaders } from './event-handlers.js';

/** Longest wait in seconds that a client can ask for. */
const longestWait = 30;

export interface ResultWait {
  /** Whether the client has asked for an asynchronous answer. */
  readonly isPreferred: boolean;
  /** Milliseconds to wait for the result. */
  readonly millis: number;
}

/**
 * How long to wait for a write; undefined: until it is finished, because RFC 9967 does not apply. It does not apply to
 * a request with a mode field.
 */
export const waitOf = (
  field: (name: string) => string | undefined,
  { settings, seams }: Pick<HandlerContext, 'settings' | 'seams'>,
): ResultWait | undefined => {
  const { asyncRequest, longWaitMillis } = settings;
  if (asyncRequest === 'none' || field(header.requestMode) !== undefined) return undefined;
  const preference = seams.prefers(field(header.prefer));
  const isPreferred = preference.respondAsync;
  if (asyncRequest === 'request' && !isPreferred) return undefined;
  const asked = preference.waitSeconds === undefined ? undefined : Math.min(preference.waitSeconds, longestWait) * 1000;
  const due = asyncRequest === 'long' ? Math.min(asked ?? longWaitMillis, longWaitMillis) : (asked ?? 0);
  return { isPreferred, millis: seams.waited(due, preference) };
};

/** The completed job; undefined if it takes longer than `millis`. */
const inTime = async (
  { id }: Job,
  millis: number,
  { clock, ports, stopping }: HandlerContext,
): Promise<Job | undefined> => {
  if (millis === 0) return undefined;
  await waitFor(clock, millis, (over) => ports.jobs.completed(id, over), [stopping]);
  const job = await ports.jobs.find(id);
  return job !== undefined && isCompleted(job) ? job : undefined;
};

/** The 202 for a job that is not finished in time (RFC 9967 §2.5.1.1, §3). */
const promiseAnswer = (job: Job, { isPreferred }: ResultWait, { settings, baseUrl }: HandlerContext): Answer =>
  emptyAnswer(202, {
    ...pendingHeaders(job, settings),
    [header.location]: `${baseUrl}/async/${job.id}`,
    // Only a preference that was sent can be applied (RFC 7240 §3).
    ...(isPreferred ? { [header.preferenceApplied]: respondAsync } : {}),
  });

/** `answer` of the job if it is finished in time, else a 202 that promises events. */
export const finishedOrPromised = async (
  job: Job,
  wait: ResultWait,
  answer: (done: Job) => Answer,
  context: HandlerContext,
): Promise<Answer> => {
  const done = await inTime(job, wait.millis, context);
  if (done === undefined) {
    await context.completions.promiseEvents(job);
    return promiseAnswer(job, wait, context);
  }
  await context.ports.jobs.forget(job.id);
  return answer(done);
};
