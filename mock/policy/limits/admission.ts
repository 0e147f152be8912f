/** Applies the limits. Polls that keep to Retry-After are exempt (RATE-07). */
import { header } from '../../../schemas/names.js';
import type { Clock } from '../../clock.js';
import type { Job } from '../../job.js';
import { Problem } from '../../problem.js';
import { fieldsOf, type Limit, type Refusal } from './limit.js';

export interface AdmissionOptions {
  /** In the order in which they are asked. */
  readonly limits: readonly Limit[];
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

  /**
   * `polled` finds the job of a poll; undefined for other requests. Resolves with what is to be called once when the request
   * is over; undefined: nothing. Rejects with a Problem of 429.
   */
  async admit(client: string, polled: () => Promise<Job | undefined>): Promise<(() => void) | undefined> {
    const { limits, bucketOf } = this.options;
    if (limits.length === 0) return undefined;
    const job = await polled();
    if (job !== undefined && this.isPolite(job)) return undefined;
    const bucket = bucketOf(client);
    const counted = limits.filter(({ release }) => release !== undefined);
    const taken: Limit[] = [];
    const release = (): void => {
      for (const limit of taken) limit.release?.(bucket);
    };
    try {
      for (const limit of limits) {
        const refusal = await limit.take(bucket);
        if (refusal !== undefined) throw await this.problemOf(bucket, limit, refusal);
        taken.push(limit);
      }
    } catch (error) {
      release();
      throw error;
    }
    return counted.length === 0 ? undefined : release;
  }

  /** The rate limit fields of an answer; empty without a limit. */
  async fields(client: string): Promise<Record<string, string>> {
    const { limits, bucketOf } = this.options;
    return fieldsOf(await Promise.all(limits.map((limit) => limit.look(bucketOf(client)))));
  }

  private async problemOf(bucket: string, refusing: Limit, { seconds, why, item }: Refusal): Promise<Problem> {
    const items = await Promise.all(
      this.options.limits.map(async (limit) => (limit === refusing ? item : limit.look(bucket))),
    );
    return new Problem(429, why, undefined, { [header.retryAfter]: String(seconds), ...fieldsOf(items) });
  }

  private isPolite({ polled }: Job): boolean {
    const { clock, retryAfterSeconds } = this.options;
    return polled === undefined || clock.now() - polled >= retryAfterSeconds * 1000 * politeShare;
  }
}
