/** Applies the rate limit. Polls that keep to Retry-After are exempt (RATE-07). */
import type { Clock } from '../clock.js';
import type { Job } from '../job.js';
import type { RateLimiter } from './rate-limit.js';

export interface AdmissionOptions {
  /** Undefined: there is no limit. */
  readonly limiter: RateLimiter | undefined;
  readonly clock: Clock;
  readonly retryAfterSeconds: number;
  /** Name of the bucket that requests of this client are counted in. */
  readonly bucketOf: (client: string) => string;
}

/**
 * Part of Retry-After that a poll has to wait. Less than 1, because timers of clients may fire early and clocks differ.
 */
const politeShare = 0.9;

export class Admission {
  constructor(private readonly options: AdmissionOptions) {}

  /** `polled` finds the job of a poll; undefined for other requests. Rejects with a Problem of 429. */
  async admit(client: string, polled: () => Promise<Job | undefined>): Promise<void> {
    const { limiter, bucketOf } = this.options;
    if (limiter === undefined) return;
    const job = await polled();
    if (job === undefined || !this.isPolite(job)) await limiter.admit(bucketOf(client));
  }

  /** The rate limit fields of an answer; empty without a limit. */
  fields(client: string): Promise<Record<string, string>> {
    const { limiter, bucketOf } = this.options;
    return limiter === undefined ? Promise.resolve({}) : limiter.fields(bucketOf(client));
  }

  private isPolite({ polled }: Job): boolean {
    const { clock, retryAfterSeconds } = this.options;
    return polled === undefined || clock.now() - polled >= retryAfterSeconds * 1000 * politeShare;
  }
}
