/** The RFC 9967 side of a write: how long it is waited for, and the 202 that it gets when it is not done by then. */
import { header, respondAsync } from '../../schemas/names.js';
import { waitFor, type Clock } from '../clock.js';
import type { Completions } from '../events/completions.js';
import type { Settings } from '../options.js';
import { isCompleted, type Job } from '../jobs/job.js';
import type { Seams } from '../seams.js';
import { emptyAnswer, type Answer } from './answer.js';
import { pendingHeaders } from './event-handlers.js';

export interface RespondAsyncContext {
  readonly settings: Settings;
  readonly seams: Seams;
  readonly clock: Clock;
  readonly baseUrl: string;
  readonly completions: Completions;
  readonly stopping: AbortSignal;
}

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
  { settings, seams }: RespondAsyncContext,
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

/** The 202 of a job that is not done in time (RFC 9967 §2.5.1.1, §3); undefined where it is. */
export const promiseUnlessDone = async (
  job: Job,
  { isPreferred, millis }: Patience,
  { settings, clock, baseUrl, completions, stopping }: RespondAsyncContext,
): Promise<Answer | undefined> => {
  if (millis > 0) {
    await waitFor(clock, millis, [job.settled], [stopping]);
    if (isCompleted(job)) return undefined;
  }
  completions.promise(job);
  return emptyAnswer(202, {
    ...pendingHeaders(job, settings),
    [header.location]: `${baseUrl}/async/${job.id}`,
    // Nothing was applied where nothing was preferred (RFC 7240 §3).
    ...(isPreferred ? { [header.preferenceApplied]: respondAsync } : {}),
  });
};
