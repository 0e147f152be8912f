/** The rate limit (profile RATE), on top of the token buckets of the port. With much work queued it may be tighter. */
import type { RateLimit } from '../../options.js';
import type { Limits } from '../../limit-ports.js';
import type { Limit, LimitItem } from './limit.js';
import type { Pressure } from './pressure.js';

/** Tolerance for rounding errors of floating point numbers. */
const hair = 1e-9;

/** `pressure`: undefined if the refill is always the same. */
export const createTokenBucket = (
  { capacity, refillPerSecond }: RateLimit,
  limits: Limits,
  pressure?: Pressure,
): Limit => {
  const itemOf = (tokens: number, share: number): LimitItem => {
    const refill = refillPerSecond * share;
    // `t` is the time until one more request is admitted (the «additional quota» of the draft), not until the bucket is
    // full.
    const missing = tokens >= capacity ? 0 : Math.floor(tokens + hair) + 1 - tokens;
    return {
      name: pressure === undefined ? 'default' : 'adaptive',
      policy: { q: Math.floor(capacity), w: Math.max(1, Math.ceil(capacity / refill)) },
      state: { r: Math.floor(tokens + hair), t: Math.ceil(missing / refill - hair) },
    };
  };
  const shareNow = (): Promise<number> => pressure?.share() ?? Promise.resolve(1);
  return {
    take: async (bucket) => {
      const share = await shareNow();
      const tokens = await limits.take(bucket, share);
      if (tokens >= 1 - hair) return undefined;
      return {
        seconds: Math.max(1, Math.ceil((1 - tokens) / (refillPerSecond * share) - hair)),
        why: 'Too many requests.',
        item: itemOf(tokens, share),
      };
    },
    look: async (bucket) => {
      const share = await shareNow();
      return itemOf(await limits.look(bucket, share), share);
    },
  };
};
