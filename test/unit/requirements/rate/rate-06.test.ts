import { rate06 } from '../../../../suites/requirements/rate/rate-06.js';
import { burstSteps } from '../../../../suites/scenarios/rate-limit/burst.js';
import { proveRequirement } from '../../prove-requirement.js';
import { BurstTrace } from './burst-trace.js';

const other = { credential: 'second', variant: burstSteps.anotherClient } as const;

/** A throttled first client, and so many requests of another one. */
const others = ({ admitted, throttled }: Record<'admitted' | 'throttled', number>): BurstTrace => {
  const trace = new BurstTrace();
  trace.throttled();
  for (let place = 0; place < throttled; place += 1) trace.throttled('GET /Users', other);
  for (let place = 0; place < admitted; place += 1) trace.admitted('GET /Users', other);
  return trace;
};

proveRequirement(rate06, {
  right: { 'the other client is admitted': () => others({ admitted: 6, throttled: 0 }) },
  wrong: { 'other-client-throttled': () => others({ admitted: 4, throttled: 2 }) },
  legal: {
    'a limit for all clients together that one request runs into (profile P-Sec)': () =>
      others({ admitted: 5, throttled: 1 }),
  },
  silent: {
    'no second client': () => others({ admitted: 0, throttled: 0 }),
    'a first client that is never throttled': () => {
      const trace = new BurstTrace();
      trace.admitted('GET /Users', other);
      return trace;
    },
  },
});
