/** A token bucket for each client (profile RATE): what is not admitted has no effect, and is told truly when to come back. */
import { serializeList } from 'structured-headers';
import { header } from '../../schemas/names.js';
import type { RateLimit } from '../options.js';
import type { Limits } from '../ports.js';
import { Problem } from '../problem.js';

export interface RateLimiter {
  /** Takes a token for a request of this client; rejects with a Problem of 429 with Retry-After where there is none. */
  admit(client: string): Promise<void>;
  /** `RateLimit` and `RateLimit-Policy` of this client now (draft-ietf-httpapi-ratelimit-headers-10). */
  fields(client: string): Promise<Record<string, string>>;
}

/** Sums of fractions come out a hair too small or too large. */
const hair = 1e-9;

const policyName = 'default';

/** A list of one string with parameters (RFC 9651 §3.1). */
const fieldOf = (parameters: Record<string, number>): string =>
  serializeList([[policyName, new Map(Object.entries(parameters))]]);

export const createRateLimiter = ({ capacity, refillPerSecond }: RateLimit, limits: Limits): RateLimiter => {
  const window = Math.max(1, Math.ceil(capacity / refillPerSecond));
  const policy = fieldOf({ q: Math.floor(capacity), w: window });
  const fieldsOf = (tokens: number): Record<string, string> => {
    // Until one more request would be admitted, not until all are: the draft's «additional quota».
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
    admit: async (client) => {
      const tokens = await limits.take(client);
      if (tokens >= 1 - hair) return;
      const seconds = Math.max(1, Math.ceil((1 - tokens) / refillPerSecond - hair));
      throw new Problem(429, 'Too many requests.', undefined, {
        [header.retryAfter]: String(seconds),
        // Of the moment of the refusal: a token that comes in meanwhile would make the 429 a lie (RATE-08).
        ...fieldsOf(tokens),
      });
    },
    fields: async (client) => fieldsOf(await limits.look(client)),
  };
};
