/** The rate limit as 429 answers and header fields (profile RATE), on top of the token buckets of the port. */
import { serializeList } from 'structured-headers';
import { header } from '../../schemas/names.js';
import type { RateLimit } from '../options.js';
import type { Limits } from '../ports.js';
import { Problem } from '../problem.js';

export interface RateLimiter {
  /** Takes a token from the bucket. Rejects with a Problem of 429 with Retry-After if it has none. */
  admit(bucket: string): Promise<void>;
  /** The fields RateLimit and RateLimit-Policy for the bucket now (draft-ietf-httpapi-ratelimit-headers-10). */
  fields(bucket: string): Promise<Record<string, string>>;
}

/** Tolerance for rounding errors of floating point numbers. */
const hair = 1e-9;

const policyName = 'default';

/** A list with one string and its parameters (RFC 9651 §3.1). */
const fieldOf = (parameters: Record<string, number>): string =>
  serializeList([[policyName, new Map(Object.entries(parameters))]]);

export const createRateLimiter = ({ capacity, refillPerSecond }: RateLimit, limits: Limits): RateLimiter => {
  const window = Math.max(1, Math.ceil(capacity / refillPerSecond));
  const policy = fieldOf({ q: Math.floor(capacity), w: window });
  const fieldsOf = (tokens: number): Record<string, string> => {
    // `t` is the time until one more request is admitted (the «additional quota» of the draft), not until the bucket is
    // full.
    const missing = tokens >= capacity ? 0 : Math.floor(tokens + hair) + 1 - tokens;
    return {
      [header.rateLimitPolicy]: policy,
      [header.rateLimit]: fieldOf({
        r: Math.floor(tokens + hair),
        t: Math.ceil(missing / refillPerSecond - hair),
      }),
    };
  };
  return {
    admit: async (bucket) => {
      const tokens = await limits.take(bucket);
      if (tokens >= 1 - hair) return;
      const seconds = Math.max(1, Math.ceil((1 - tokens) / refillPerSecond - hair));
      throw new Problem(429, 'Too many requests.', undefined, {
        [header.retryAfter]: String(seconds),
        // Computed at the refusal: later the bucket may have a token again, which would contradict the 429 (RATE-08).
        ...fieldsOf(tokens),
      });
    },
    fields: async (bucket) => fieldsOf(await limits.look(bucket)),
  };
};
