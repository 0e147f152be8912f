import { rate01 } from '../../../../suites/requirements/rate/rate-01.js';
import { proveRequirement } from '../../prove-requirement.js';
import { BurstTrace, scimError } from './burst-trace.js';

const headers = { 'Retry-After': '1' };

const answered = (body: unknown, request: `${string} ${string}` = 'GET /Users'): BurstTrace => {
  const trace = new BurstTrace();
  trace.exchange('burst', request, { status: 429, headers, ...(body === undefined ? {} : { body }) });
  return trace;
};

proveRequirement(rate01, {
  right: {
    'a SCIM error': () => answered(scimError('429')),
    'a SCIM error to a write': () => answered({ ...scimError('429'), detail: 'Come back later.' }, 'POST /Bulk'),
  },
  wrong: {
    'no-scim-error': () => answered({ message: 'Too many requests' }),
    'other-status-in-error': () => answered(scimError('503')),
  },
  legal: {
    'members of null, which mean that there is no value (RFC 7643 §2.5)': () =>
      answered({ ...scimError('429'), scimType: null, detail: null }),
    'members that nobody knows (RFC 7643 §3)': () => answered({ ...scimError('429'), retryIn: 3 }),
  },
  silent: {
    'HEAD, to which no answer has a body (RFC 9110 §9.3.2)': () => answered(undefined, 'HEAD /Users'),
    'a poll for events, which is not SCIM (profile §7, clarification 3)': () => {
      const trace = new BurstTrace('respond-async');
      trace.exchange('event-poll', 'POST https://events.example/', { status: 429, headers });
      return trace;
    },
    'a result URI, whose answers RFC 9967 leaves open (profile §7, clarification 3)': () => {
      const trace = new BurstTrace('respond-async');
      const { n } = trace.accepted('/results/1', { txn: 'txn' });
      trace.exchange('poll', 'GET /results/1', { submission: n, status: 429, headers });
      return trace;
    },
    'an answer of which only the beginning was kept': () => {
      const trace = new BurstTrace();
      const response = { status: 429, headers: [], body: '{"schemas":["urn', truncated: true };
      trace.exchange('burst', 'GET /Users', { response });
      return trace;
    },
    'a target that never throttles': () => {
      const trace = new BurstTrace();
      trace.admitted();
      return trace;
    },
  },
});
