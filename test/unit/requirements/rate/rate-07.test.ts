import { rate07 } from '../../../../suites/requirements/rate/rate-07.js';
import { burstSteps } from '../../../../suites/scenarios/rate-limit/burst.js';
import { proveRequirement } from '../../prove-requirement.js';
import { BurstTrace } from './burst-trace.js';

/** A request that was accepted before the burst, and a poll of it during the burst. */
const polled = (status: number, variant: string = burstSteps.politePoll): BurstTrace => {
  const trace = new BurstTrace();
  const { n } = trace.accepted('/provision/1/status');
  trace.throttled();
  trace.exchange('poll', 'GET /provision/1/status', { submission: n, status, variant });
  return trace;
};

proveRequirement(rate07, {
  right: { 'it is admitted': () => polled(200) },
  wrong: { 'polite-poll-throttled': () => polled(429) },
  legal: {
    'a status that has gone, which LIFE-01 judges': () => polled(404),
  },
  silent: {
    'a poll of which nobody knows how polite it is': () => {
      const trace = new BurstTrace();
      const { n } = trace.accepted('/provision/1/status');
      trace.exchange('poll', 'GET /provision/1/status', { submission: n, status: 429 });
      return trace;
    },
  },
});
