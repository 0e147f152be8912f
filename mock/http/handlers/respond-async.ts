/** The RFC 9967 side of a write: how long it is waited for, and the 202 that it gets when it is not done by then. */
import { header, respondAsync } from '../../../schemas/names.js';
import { waitFor } from '../../clock.js';
import { isCompleted, type Job } from '../../job.js';
import { emptyAnswer, type Answer } from '../answer.js';
import type { HandlerContext } from '../context.js';
import { pendingHeaders } from './event-handlers.js';

/** Seconds that a client can have a connection held open. */
const longestWait = 30;

export interface Patience {
  /** Whether the client has asked for an asynchronous answer. */
  readonly isPreferred: boolean;
  /** For which the request is waited for. */
  readonly millis: number;
}

/** How long a write is waited for; undefined: until it is done. Whoever names a request mode is answered by the mode. */
export const patienceOf = (
  field: (name: string) => string | undefined,
  { settings, seams }: Pick<HandlerContext, 'settings' | 'seams'>,
): Patience | undefined => {
  const { asyncRequest, longWaitMillis } = settings;
  if (asyncRequest === 'none' || field(header.requestMode) !== undefined) return undefined;
  const preference = seams.prefers(field(header.prefer));
  const isPreferred = preference.respondAsync;
  if (asyncRequest === 'request' && !isPreferred) return undefined;
  const asked = preference.waitSeconds === undefined ? undefined : Math.min(preference.waitSeconds, longestWait) * 1000;
  const due = asyncRequest === 'long' ? Math.min(asked ?? longWaitMillis, longWaitMillis) : (asked ?? 0);
  return { isPreferred, millis: seams.waited(due, preference) };
};

/** The job when it is done in time; undefined where it is not. */
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

/** The 202 of a job that is not done in time (RFC 9967 §2.5.1.1, §3). */
const promiseOf = (job: Job, { isPreferred }: Patience, { settings, baseUrl }: HandlerContext): Answer =>
  emptyAnswer(202, {
    ...pendingHeaders(job, settings),
    [header.location]: `${baseUrl}/async/${job.id}`,
    // Nothing was applied where nothing was preferred (RFC 7240 §3).
    ...(isPreferred ? { [header.preferenceApplied]: respondAsync } : {}),
  });

/** The answer to a job that is waited for with patience: `answer` where it is done in time, else a 202. */
export const doneOrPromised = async (
  job: Job,
  patience: Patience,
  answer: (done: Job) => Answer,
  context: HandlerContext,
): Promise<Answer> => {
  const done = await inTime(job, patience.millis, context);
  if (done === undefined) {
    await context.completions.promise(job);
    return promiseOf(job, patience, context);
  }
  await context.ports.jobs.forget(job.id);
  return answer(done);
};
