/** Token buckets in memory. */
import type { Clock } from '../../clock.js';
import type { RateLimit } from '../../options.js';
import type { Limits } from '../../ports.js';

interface Bucket {
  tokens: number;
  /** Time of the last refill in milliseconds since 1970. */
  at: number;
}

/** One token, with a tolerance for rounding errors of floating point numbers. */
const oneToken = 1 - 1e-9;

export class MemoryLimits implements Limits {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly limit: RateLimit,
    private readonly clock: Clock,
  ) {}

  take(name: string): Promise<number> {
    const bucket = this.refilled(name);
    const { tokens } = bucket;
    if (tokens >= oneToken) bucket.tokens = Math.max(0, tokens - 1);
    return Promise.resolve(tokens);
  }

  look(name: string): Promise<number> {
    return Promise.resolve(this.refilled(name).tokens);
  }

  private refilled(name: string): Bucket {
    const { capacity, refillPerSecond } = this.limit;
    const now = this.clock.now();
    const bucket = this.buckets.get(name) ?? { tokens: capacity, at: now };
    this.buckets.set(name, bucket);
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * refillPerSecond);
    bucket.at = now;
    return bucket;
  }
}
