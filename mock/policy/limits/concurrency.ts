/** The number of requests that a client may have in progress (option `concurrentRequests`), in this process. */
import type { Limit, LimitItem } from './limit.js';

export const createConcurrencyLimit = (most: number): Limit => {
  const inProgress = new Map<string, number>();
  const countOf = (bucket: string): number => inProgress.get(bucket) ?? 0;
  const itemOf = (bucket: string): LimitItem => ({
    name: 'concurrent',
    policy: { q: most, qu: 'concurrent-requests' },
    state: { r: most - countOf(bucket) },
  });
  return {
    take: (bucket) => {
      if (countOf(bucket) < most) {
        inProgress.set(bucket, countOf(bucket) + 1);
        return Promise.resolve(undefined);
      }
      // When a request ends nobody knows; most take less than a second.
      return Promise.resolve({ seconds: 1, why: 'Too many requests at the same time.', item: itemOf(bucket) });
    },
    look: (bucket) => Promise.resolve(itemOf(bucket)),
    release: (bucket) => {
      const left = countOf(bucket) - 1;
      if (left > 0) inProgress.set(bucket, left);
      else inProgress.delete(bucket);
    },
  };
};
