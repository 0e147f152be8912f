import type { Settlement } from '../../../../schemas/types.js';
import { pref07 } from '../../../../suites/requirements/pref/pref-07.js';
import { preferWait, preferWaitSteps, waitSeconds } from '../../../../suites/scenarios/respond-async/prefer-wait.js';
import { PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

/** A create that waits, its answer and the milliseconds until it came, and how it ended where it was accepted. */
const waited = (status: number, took: number, outcome?: Settlement['outcome']): PreferringTrace => {
  const trace = new PreferringTrace(preferWait);
  const submission = trace.preferred('POST /Users', {
    status,
    took,
    headers: status === 202 ? { Location: '/results/1', 'Set-Txn': 'txn' } : {},
    requestHeaders: { Prefer: `respond-async, wait=${waitSeconds}` },
    variant: preferWaitSteps.waiting,
  });
  if (outcome !== undefined) trace.settled(submission, outcome);
  return trace;
};

proveRequirement(pref07, {
  right: { 'a normal answer': () => waited(201, 500) },
  wrong: { 'wait-ignored': () => waited(202, 20, 'completed') },
  legal: {
    'the work takes longer than half of the wait, so that it may have been slow (RFC 7240 §4.3)': () =>
      waited(202, 3000, 'completed'),
  },
  silent: {
    'it never completes, which LIFE-01 judges': () => waited(202, 20, 'deadline'),
    'it is refused': () => waited(400, 20),
  },
});
