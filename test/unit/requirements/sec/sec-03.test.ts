import { sec03 } from '../../../../suites/requirements/sec/sec-03.js';
import { foreignStatus } from '../../../../suites/scenarios/security/foreign-status.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const answered = (method: 'GET' | 'HEAD' | 'DELETE', answer: Answer) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(foreignStatus, 'request-mode', { secondCredential: true });
  const { n: submission, location = '' } = trace.accepted('/provision/1/status');
  trace.exchange('foreign-status', `${method} ${location}`, { submission, credential: 'second', ...answer });
  return trace;
};

proveRequirement(sec03, {
  right: { '403': answered('GET', { status: 403 }), '404': answered('DELETE', { status: 404 }) },
  wrong: {
    'foreign-status-read': { 'by GET': answered('GET', { status: 200 }), 'by HEAD': answered('HEAD', { status: 200 }) },
    'foreign-status-cancelled': answered('DELETE', { status: 204 }),
    'refused-otherwise-than-403-or-404': {
      '401': answered('GET', { status: 401 }),
      '405 to GET': answered('GET', { status: 405 }),
    },
  },
  legal: {
    '405 to HEAD: nobody can read by it (STAT-07 warns of that)': answered('HEAD', { status: 405 }),
    '405 to DELETE: nobody can cancel': answered('DELETE', { status: 405 }),
    '403 with a long page of which only the beginning was kept': answered('GET', { status: 403, isCut: true }),
  },
  silent: { 'an answer that was throttled (RATE-06)': answered('GET', { status: 429 }) },
});
