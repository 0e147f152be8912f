/** The buckets of a mock without a rate limit. */
import type { RateLimit } from '../options.js';

/** Without a rate limit nobody asks for tokens. */
export const unlimited: RateLimit = { capacity: Infinity, refillPerSecond: Infinity };
