/** Token buckets and quotas in memory. */
import type { Clock } from '../../clock.js';
import type { RateLimit } from '../../options.js';
import type { Limits, QuotaWindow } from '../../limit-ports.js';

interface Bucket {
  readonly tokens: number;
  /** Time of the last refill in milliseconds since 1970. */
  readonly at: number;
}

/** One token, with a tolerance for rounding errors of floating point numbers. */
const oneToken = 1 - 1e-9;

export class MemoryLimits implements Limits {
  private readonly buckets = new Map<string, Bucket>();
  /** Requests in the newest window of each quota. */
  private readonly used = new Map<string, { readonly start: number; readonly requests: number }>();

  constructor(
    private readonly limit: RateLimit,
    private readonly clock: Clock,
  ) {}

  take(name: string, share = 1): Promise<number> {
    const bucket = this.refilled(name, share);
    const { tokens } = bucket;
    this.buckets.set(name, tokens >= oneToken ? { ...bucket, tokens: Math.max(0, tokens - 1) } : bucket);
    return Promise.resolve(tokens);
  }

  look(name: string, share = 1): Promise<number> {
    return Promise.resolve(this.refilled(name, share).tokens);
  }

  count(name: string, window: QuotaWindow): Promise<number> {
    const left = this.leftIn(name, window);
    if (left > 0) this.used.set(name, { start: window.start, requests: window.size - left + 1 });
    return Promise.resolve(left);
  }

  left(name: string, window: QuotaWindow): Promise<number> {
    return Promise.resolve(this.leftIn(name, window));
  }

  private leftIn(name: string, { size, start }: QuotaWindow): number {
    const used = this.used.get(name);
    return used?.start === start ? Math.max(0, size - used.requests) : size;
  }

  private refilled(name: string, share: number): Bucket {
    const { capacity, refillPerSecond } = this.limit;
    const now = this.clock.now();
    const { tokens, at } = this.buckets.get(name) ?? { tokens: capacity, at: now };
    return { tokens: Math.min(capacity, tokens + ((now - at) / 1000) * refillPerSecond * share), at: now };
  }
}
