import { rate05 } from '../../../../suites/requirements/rate/rate-05.js';
import type { Settlement } from '../../../../schemas/types.js';
import { proveRequirement } from '../../prove-requirement.js';
import { BurstTrace } from './burst-trace.js';

const headers = { Location: '/provision/1/status' };

/** A request that is accepted during the burst, its last status, and how it ended. */
const accepted = (
  status: number,
  outcome?: Settlement['outcome'],
  purpose: 'burst' | 'submit' = 'burst',
): BurstTrace => {
  const trace = new BurstTrace();
  const asked = trace.exchange(purpose, 'POST /Users', { status: 202, headers });
  const submission = trace.submission(asked, { location: 'https://provider.example/provision/1/status' });
  trace.throttled();
  trace.exchange('poll', 'GET /provision/1/status', { submission: submission.n, status });
  if (outcome !== undefined) trace.settled(submission, outcome);
  return trace;
};

proveRequirement(rate05, {
  right: { 'it completes': () => accepted(200, 'completed') },
  wrong: {
    'never-completed': () => accepted(200, 'deadline'),
    'status-unreadable': () => accepted(404, 'unreadable'),
  },
  legal: {
    'a request of the burst that is refused at once (RFC 6585 §4)': () => {
      const trace = new BurstTrace();
      trace.submission(trace.throttled('POST /Users'));
      return trace;
    },
  },
  silent: {
    'a run that ended before it was followed to its end': () => accepted(200),
    'a request that was accepted before the burst, which LIFE-01 judges': () => accepted(200, 'deadline', 'submit'),
    'a target that never throttles': () => {
      const trace = new BurstTrace();
      trace.settled(trace.submission(trace.exchange('burst', 'POST /Users', { status: 202, headers })), 'deadline');
      return trace;
    },
  },
});
