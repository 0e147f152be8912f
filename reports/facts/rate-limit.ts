/** The limits that a burst showed, in words: those that the provider advertises, and another one that throttled. */
import type { RateLimitEstimate } from '../../schemas/types.js';

/** A sentence without its full stop for each limit; none if the provider advertises none. */
export const limitsInWords = ({ advertised = [], otherLimit }: RateLimitEstimate): string[] => {
  const quotas = advertised.map(({ limit, seconds }) => `${limit}${seconds === undefined ? '' : ` in ${seconds} s`}`);
  return [
    ...(quotas.length === 0 ? [] : [`The target advertises ${quotas.join(', ')}`]),
    ...(otherLimit === undefined
      ? []
      : [
          `Another limit throttled ${otherLimit.throttled} reads, while at least ${otherLimit.remaining} requests of the advertised one remained`,
        ]),
  ];
};
