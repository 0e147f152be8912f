import { rate09 } from '../../../../suites/requirements/rate/rate-09.js';
import { burstSteps } from '../../../../suites/scenarios/rate-limit/burst.js';
import { proveRequirement } from '../../prove-requirement.js';
import { BurstTrace } from './burst-trace.js';

const answered = (status: number, headers: Record<string, string> = {}): BurstTrace => {
  const trace = new BurstTrace();
  trace.exchange('burst', 'GET /Users', { status, headers });
  return trace;
};

const failed = (code: 'connection' | 'timeout' | 'interrupted'): BurstTrace => {
  const trace = new BurstTrace();
  trace.exchange('burst', 'GET /Users', { failure: { code, message: 'no answer' } });
  return trace;
};

proveRequirement(rate09, {
  right: {
    '429': () => answered(429),
    '503 with Retry-After': () => answered(503, { 'Retry-After': '1' }),
  },
  wrong: {
    'connection-dropped': () => failed('connection'),
    'no-answer-in-time': () => failed('timeout'),
    'retry-after-missing-on-503': () => answered(503),
    'other-server-error': () => answered(500),
  },
  legal: {
    'an error that is the fault of the client (RFC 9110 §15.5)': () => answered(400),
  },
  silent: {
    'a run that was interrupted': () => failed('interrupted'),
    'all requests are admitted': () => answered(200),
    'requests beside those of the burst, which RATE-04 and RATE-06 judge': () => {
      const trace = new BurstTrace();
      trace.exchange('burst', 'GET /Users', { status: 500, variant: burstSteps.anotherClient });
      return trace;
    },
  },
});
