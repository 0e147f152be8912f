import { rate01 } from '../../../../suites/requirements/rate/rate-01.js';
import { burstSteps } from '../../../../suites/scenarios/rate-limit/burst.js';
import { proveRequirement } from '../../prove-requirement.js';
import { BurstTrace, scimError } from './burst-trace.js';

const headers = { 'Retry-After': '1' };

const answered = (body: unknown, request: `${string} ${string}` = 'GET /Users'): BurstTrace => {
  const trace = new BurstTrace();
  trace.exchange('burst', request, { status: 429, headers, ...(body === undefined ? {} : { body }) });
  return trace;
};

/** Requests of one kind, of which the middle ones are refused. */
const refused = (status: number, request: `${string} ${string}` = 'GET /Users', times = 1): BurstTrace => {
  const trace = new BurstTrace();
  trace.admitted(request);
  for (let time = 0; time < times; time += 1)
    trace.exchange('burst', request, { status, body: scimError(String(status)) });
  trace.admitted(request, { variant: burstSteps.afterRefusal });
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
    'throttled-with-another-status': {
      '400 to a list': () => refused(400),
      '403 to a list, which is admitted again only later': () => refused(403, 'GET /Users', 4),
      '403 to a create': () => refused(403, 'POST /Users'),
    },
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
    'a request of a kind that is never admitted': () => {
      const trace = new BurstTrace();
      trace.admitted();
      trace.exchange('burst', 'POST /Bulk', { status: 403 });
      trace.admitted();
      return trace;
    },
    'creates that are refused from some time on, as by a license (RFC 7644 §3.12)': () => {
      const trace = new BurstTrace();
      trace.admitted('POST /Users');
      trace.exchange('burst', 'POST /Users', { status: 403 });
      trace.admitted();
      return trace;
    },
    'a target that never throttles': () => {
      const trace = new BurstTrace();
      trace.admitted();
      return trace;
    },
  },
});
