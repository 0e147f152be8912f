import { rate04 } from '../../../../suites/requirements/rate/rate-04.js';
import { burstSteps } from '../../../../suites/scenarios/rate-limit/burst.js';
import { proveRequirement } from '../../prove-requirement.js';
import { BurstTrace } from './burst-trace.js';

const { afterWait, afterSecondWait } = burstSteps;

const cameBack = (...comings: ((trace: BurstTrace) => void)[]): BurstTrace => {
  const trace = new BurstTrace();
  trace.throttled();
  for (const come of comings) come(trace);
  return trace;
};

proveRequirement(rate04, {
  right: {
    'a request is admitted': () => cameBack((trace) => trace.admitted('GET /Users', { variant: afterWait })),
  },
  wrong: {
    'throttled-after-the-wait': () =>
      cameBack(
        (trace) => trace.throttled('GET /Users', { variant: afterWait }),
        (trace) => trace.throttled('GET /Users', { variant: afterSecondWait }),
      ),
  },
  legal: {
    'admitted after one more wait of the same length (profile §7, clarification 11)': () =>
      cameBack(
        (trace) => trace.throttled('GET /Users', { variant: afterWait }),
        (trace) => trace.admitted('GET /Users', { variant: afterSecondWait }),
      ),
    'an error that is no throttling (RFC 6585 §4)': () =>
      cameBack((trace) => trace.exchange('burst', 'GET /Users', { status: 500, variant: afterWait })),
  },
  silent: {
    'a run that was interrupted before the second wait was over': () =>
      cameBack((trace) => trace.throttled('GET /Users', { variant: afterWait })),
    'no answer': () =>
      cameBack((trace) =>
        trace.exchange('burst', 'GET /Users', {
          variant: afterWait,
          failure: { code: 'connection', message: 'no answer' },
        }),
      ),
    'nobody came back': () => cameBack(),
  },
});
