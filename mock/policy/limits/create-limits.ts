/** The limits that the options ask for, in the order in which they are asked. */
import type { Clock } from '../../clock.js';
import type { Settings } from '../../options.js';
import type { Ports } from '../../ports.js';
import { createConcurrencyLimit } from './concurrency.js';
import { createDailyQuota } from './daily-quota.js';
import type { Limit } from './limit.js';
import { createPressure } from './pressure.js';
import { createTokenBucket } from './token-bucket.js';

export const createLimits = (
  settings: Pick<Settings, 'rateLimit' | 'concurrentRequests' | 'dailyQuota' | 'adaptiveLimit' | 'queueCapacity'>,
  { limits, jobs }: Pick<Ports, 'limits' | 'jobs'>,
  clock: Clock,
): Limit[] => {
  const { rateLimit, concurrentRequests, dailyQuota, adaptiveLimit, queueCapacity: capacity } = settings;
  const pressure = adaptiveLimit && createPressure({ limit: adaptiveLimit, capacity, jobs, clock });
  return [
    ...(concurrentRequests === undefined ? [] : [createConcurrencyLimit(concurrentRequests)]),
    ...(rateLimit === false ? [] : [createTokenBucket(rateLimit, limits, pressure)]),
    // Last: what another limit refuses does not use it up.
    ...(dailyQuota === undefined ? [] : [createDailyQuota(dailyQuota, limits, clock)]),
  ];
};
