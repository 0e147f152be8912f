/** Lets requests in by their rate, save polls that are as slow as they were asked to be (RATE-07). */
import type { Clock } from '../clock.js';
import type { Job } from '../job.js';
import type { RateLimiter } from './rate-limit.js';

export interface AdmissionOptions {
  /** Undefined: everything is let in. */
  readonly limiter: RateLimiter | undefined;
  readonly clock: Clock;
  readonly retryAfterSeconds: number;
  /** Whose bucket a request of this client takes from. */
  readonly bucketOf: (client: string) => string;
}

/** Share of the wait between polls that is demanded: timers of clients go off a little early, and their clocks differ. */
const politeShare = 0.9;

export class Admission {
  constructor(private readonly options: AdmissionOptions) {}

  /** `polled` finds the job that a poll asks after; undefined for all other requests. Rejects with a Problem of 429. */
  async admit(client: string, polled: () => Promise<Job | undefined>): Promise<void> {
    const { limiter, bucketOf } = this.options;
    if (limiter === undefined) return;
    const job = await polled();
    if (job === undefined || !this.isPolite(job)) await limiter.admit(bucketOf(client));
  }

  /** What an answer says of the limit. */
  fields(client: string): Promise<Record<string, string>> {
    const { limiter, bucketOf } = this.options;
    return limiter === undefined ? Promise.resolve({}) : limiter.fields(bucketOf(client));
  }

  private isPolite({ polled }: Job): boolean {
    const { clock, retryAfterSeconds } = this.options;
    return polled === undefined || clock.now() - polled >= retryAfterSeconds * 1000 * politeShare;
  }
}
