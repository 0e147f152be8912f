/** A number of requests for each day, which begins at midnight UTC (option `dailyQuota`). */
import type { Clock } from '../../clock.js';
import type { Limits } from '../../limit-ports.js';
import type { Limit, LimitItem } from './limit.js';

const daySeconds = 86_400;
const dayMillis = daySeconds * 1000;

export const createDailyQuota = (size: number, limits: Limits, clock: Clock): Limit => {
  const now = (): { readonly start: number; readonly secondsLeft: number } => {
    const time = clock.now();
    const start = Math.floor(time / dayMillis) * dayMillis;
    return { start, secondsLeft: Math.max(1, Math.ceil((start + dayMillis - time) / 1000)) };
  };
  const itemOf = (left: number, secondsLeft: number): LimitItem => ({
    name: 'daily',
    policy: { q: size, w: daySeconds },
    state: { r: left, t: secondsLeft },
  });
  return {
    take: async (bucket) => {
      const { start, secondsLeft } = now();
      const left = await limits.count(bucket, { size, start });
      return left > 0
        ? undefined
        : { seconds: secondsLeft, why: 'The quota of this day is used up.', item: itemOf(0, secondsLeft) };
    },
    look: async (bucket) => {
      const { start, secondsLeft } = now();
      return itemOf(await limits.left(bucket, { size, start }), secondsLeft);
    },
  };
};
