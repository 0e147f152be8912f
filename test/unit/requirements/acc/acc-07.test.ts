import { acc07 } from '../../../../suites/requirements/acc/acc-07.js';
import {
  acceptanceBeforeWork,
  acceptanceBeforeWorkSteps,
} from '../../../../suites/scenarios/request-mode/acceptance-before-work.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const variant = acceptanceBeforeWorkSteps.large;

/** A large bulk request: the milliseconds of both ways, and what is pending when its status is seen first. */
const large = ({ accepted, synchronous, pending }: Record<'accepted' | 'synchronous' | 'pending', number>) => {
  const trace = new HandMadeTrace(acceptanceBeforeWork, 'request-mode');
  const headers = { Location: '/provision/1/status' };
  const asked = trace.exchange('submit', 'POST /Bulk', { status: 202, headers, took: accepted, variant });
  const { n } = trace.submission(asked, { location: 'https://provider.example/provision/1/status', shape: 'bulk' });
  const operationsCount = { total: 50, success: 50 - pending, failed: 0, pending };
  trace.exchange('status-read', 'GET /provision/1/status', { submission: n, status: 200, body: { operationsCount } });
  trace.exchange('bulk', 'POST /Bulk', { status: 200, took: synchronous, variant });
  return trace;
};

proveRequirement(acc07, {
  right: {
    'some operations are pending when the status is seen first': () =>
      large({ accepted: 300, synchronous: 200, pending: 20 }),
  },
  wrong: { 'accepted-after-the-work': () => large({ accepted: 300, synchronous: 200, pending: 0 }) },
  legal: {
    'all is done when the status is seen first, and the 202 came sooner than the synchronous answer (profile P-A)':
      () => large({ accepted: 20, synchronous: 200, pending: 0 }),
    'work that takes no time (profile P-A)': () => large({ accepted: 5, synchronous: 1, pending: 0 }),
  },
});
