/** A token bucket for each client (profile RATE): what is not admitted has no effect, and is told truly when to come back. */
import type { Clock } from '../clock.js';
import { header } from '../../schemas/names.js';
import type { RateLimit } from '../options.js';
import { Problem } from '../problem.js';

interface Bucket {
  tokens: number;
  /** Clock time of the last refill, in milliseconds. */
  at: number;
}

export interface RateLimiter {
  /** Takes a token for a request of this client; throws a Problem of 429 with Retry-After where there is none. */
  admit(client: string): void;
  /** `RateLimit` and `RateLimit-Policy` of this client now (draft-ietf-httpapi-ratelimit-headers-10). */
  fields(client: string): Record<string, string>;
}

/** A whole token may come out of fractions as a hair less than one. */
const oneToken = 1 - 1e-9;

export const createRateLimiter = ({ capacity, refillPerSecond }: RateLimit, clock: Clock): RateLimiter => {
  const buckets = new Map<string, Bucket>();
  const refilled = (client: string): Bucket => {
    const now = clock.now();
    const bucket = buckets.get(client) ?? { tokens: capacity, at: now };
    buckets.set(client, bucket);
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * refillPerSecond);
    bucket.at = now;
    return bucket;
  };
  const fieldsOf = ({ tokens }: Bucket): Record<string, string> => {
    const window = Math.max(1, Math.ceil(capacity / refillPerSecond));
    // Until one more request would be admitted, not until all are: the draft's «additional quota».
    const missing = tokens >= capacity ? 0 : Math.floor(tokens + 1e-9) + 1 - tokens;
    const reset = Math.ceil(missing / refillPerSecond - 1e-9);
    return {
      [header.rateLimitPolicy]: `"default";q=${Math.floor(capacity)};w=${window}`,
      [header.rateLimit]: `"default";r=${Math.floor(tokens + 1e-9)};t=${reset}`,
    };
  };
  return {
    admit(client) {
      const bucket = refilled(client);
      if (bucket.tokens < oneToken) {
        const seconds = Math.max(1, Math.ceil((1 - bucket.tokens) / refillPerSecond - 1e-9));
        throw new Problem(429, 'Too many requests.', undefined, {
          [header.retryAfter]: String(seconds),
          // Of the moment of the refusal: a token that comes in meanwhile would make the 429 a lie (RATE-08).
          ...fieldsOf(bucket),
        });
      }
      bucket.tokens = Math.max(0, bucket.tokens - 1);
    },
    fields: (client) => fieldsOf(refilled(client)),
  };
};
