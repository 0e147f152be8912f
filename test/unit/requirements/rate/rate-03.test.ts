import type { Exchange } from '../../../../schemas/types.js';
import { rate03 } from '../../../../suites/requirements/rate/rate-03.js';
import { throttledChangesSteps } from '../../../../suites/scenarios/rate-limit/throttled-changes.js';
import { proveRequirement } from '../../prove-requirement.js';
import type { Answer } from '../../hand-made-trace.js';
import { BurstTrace } from './burst-trace.js';

const subject = 'a@example.com';

/** A throttled create, what comes after it, and a search that finds so many users of its name. */
const found = (
  count: number,
  after: (trace: BurstTrace, first: Exchange) => void = () => undefined,
  request: `POST ${string}` = 'POST /Users',
): BurstTrace => {
  const trace = new BurstTrace();
  after(trace, trace.throttled(request, { subject }));
  trace.exchange('search', `GET /Users?filter=userName`, {
    subject,
    status: 200,
    body: { totalResults: count, Resources: Array.from({ length: count }, () => ({ userName: subject })) },
  });
  return trace;
};

/** The same create again, answered so. */
const again =
  (status?: number, headers: Record<string, string> = {}) =>
  (trace: BurstTrace, { n: retryOf }: Exchange): void => {
    trace.exchange('burst', 'POST /Users', {
      subject,
      retryOf,
      headers,
      ...(status === undefined ? { failure: { code: 'connection', message: 'no answer' } } : { status }),
    });
  };

/** A PUT or DELETE that is throttled, and a read of its user afterwards. */
const changed = (method: 'PUT' | 'DELETE', read: Answer): BurstTrace => {
  const trace = new BurstTrace();
  const sent = method === 'PUT' ? { sent: { displayName: 'New' } } : {};
  const answer = { status: 429, headers: { 'Retry-After': '1' }, subject, ...sent };
  trace.exchange('burst', `${method} /Users/1`, { ...answer, variant: throttledChangesSteps.change });
  trace.exchange('read', 'GET /Users/1', { subject, variant: throttledChangesSteps.afterwards, ...read });
  return trace;
};

proveRequirement(rate03, {
  right: {
    'nothing is found of it': () => found(0),
    'sent again, it is done': () => found(1, again(201)),
    'a PUT is not done': () => changed('PUT', { status: 200, body: { displayName: 'Old' } }),
    'a DELETE is not done': () => changed('DELETE', { status: 200, body: {} }),
  },
  wrong: {
    'throttled-create-done': {
      'a single create': () => found(1),
      'a create in a bulk request': () => found(1, () => undefined, 'POST /Bulk'),
    },
    'throttled-change-done': {
      'a PUT': () => changed('PUT', { status: 200, body: { displayName: 'New' } }),
      'a DELETE': () => changed('DELETE', { status: 404 }),
    },
    'retry-refused': () => found(1, again(409)),
  },
  legal: {
    'a provider that stores no displayName (RFC 7643 §4.1.1)': () => changed('PUT', { status: 200, body: {} }),
    'the second time it got no answer, and may be done (RFC 9110 §9.2.2)': () => found(1, again()),
    'the second time it was answered 503 without Retry-After, and may be done (RFC 9110 §15.6.4)': () =>
      found(1, again(503)),
    'a name that another request has taken before (RFC 7644 §3.3)': () => {
      const trace = new BurstTrace();
      trace.exchange('create', 'POST /Users', { subject, status: 201 });
      again(409)(trace, trace.throttled('POST /Users', { subject }));
      return trace;
    },
    'a request id that was used before, with which the retry is refused (profile §7, clarification 8)': () => {
      const trace = new BurstTrace();
      const { n: retryOf } = trace.exchange('retry', 'POST /Users', { subject, status: 429 });
      trace.exchange('retry', 'POST /Users', { subject, retryOf, status: 409 });
      return trace;
    },
  },
  silent: {
    'a throttled create that nobody looks for': () => {
      const trace = new BurstTrace();
      trace.throttled('POST /Users', { subject });
      return trace;
    },
    'a search of which only the first page came': () => {
      const trace = new BurstTrace();
      trace.throttled('POST /Users', { subject });
      const body = { totalResults: 5000, Resources: [{ userName: 'b@example.com' }] };
      trace.exchange('search', 'GET /Users?startIndex=1&count=1000', { subject, status: 200, body });
      return trace;
    },
    'it was throttled each time': () => {
      const trace = new BurstTrace();
      again(429, { 'Retry-After': '1' })(trace, trace.throttled('POST /Users', { subject }));
      return trace;
    },
  },
});
