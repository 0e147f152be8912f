import { urn } from '../../../../schemas/names.js';
import { core02 } from '../../../../suites/requirements/core/core-02.js';
import {
  resourceLifecycle,
  resourceLifecycleSteps,
} from '../../../../suites/scenarios/synchronous/resource-lifecycle.js';
import { baseUrl, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

interface Answer {
  status?: number;
  location?: string;
  body?: Record<string, unknown>;
  /** What a GET of the Location shows. */
  led?: { status: number; body?: unknown };
}

const user = { schemas: [urn.user], id: '1', userName: 'a@example.com', meta: { resourceType: 'User' } };

const answered = ({ status = 201, location = `${baseUrl}/Users/1`, body = user, led }: Answer): HandMadeTrace => {
  const trace = new HandMadeTrace(resourceLifecycle, 'request-mode');
  const headers: Record<string, string> = location === '' ? {} : { Location: location };
  trace.exchange('create', 'POST /Users', { status, headers, body, subject: 'a@example.com' });
  const about = { subject: 'a@example.com', variant: resourceLifecycleSteps.atTheLocation };
  if (led !== undefined) trace.exchange('read', 'GET /Users/1', { ...about, ...led });
  return trace;
};

const largeGroup = (status: number): HandMadeTrace => {
  const trace = new HandMadeTrace(resourceLifecycle, 'request-mode');
  const members = Array.from({ length: 105 }, (_, place) => ({ value: String(place) }));
  trace.exchange('create', 'POST /Groups', { status, sent: { displayName: 'g', members } });
  return trace;
};

proveRequirement(core02, {
  right: {
    'a Location that shows the same resource': () => answered({ led: { status: 200, body: user } }),
  },
  wrong: {
    'create-not-201': () => answered({ status: 200 }),
    'body-missing': () => {
      const trace = new HandMadeTrace(resourceLifecycle, 'request-mode');
      trace.exchange('create', 'POST /Users', { status: 201, headers: { Location: `${baseUrl}/Users/1` } });
      return trace;
    },
    'location-missing': () => answered({ location: '' }),
    'location-not-a-uri': () => answered({ location: 'http://[' }),
    'location-leads-elsewhere': () => answered({ led: { status: 404, body: { schemas: [urn.error], status: '404' } } }),
    'locations-of-two-hosts': () =>
      answered({ body: { ...user, meta: { location: 'http://10.0.0.7:8080/scim/v2/Users/1' } } }),
    'id-missing': () => answered({ body: { ...user, id: '' } }),
    'meta-missing': () => answered({ body: { schemas: [urn.user], id: '1' } }),
  },
  legal: {
    'a relative Location (RFC 9110 §10.2.2)': () =>
      answered({ location: '/scim/v2/Users/1', led: { status: 200, body: user } }),
    'a relative meta.location (RFC 7643 §3.1)': () => answered({ body: { ...user, meta: { location: '/Users/1' } } }),
    'another spelling of the same host and port (RFC 9110 §4.2.3)': () =>
      answered({
        location: 'https://Provider.example:443/scim/v2/Users/1',
        body: { ...user, meta: { location: 'https://provider.example/scim/v2/Users/1' } },
      }),
    'a Location that was not looked at, because it is on another host': () =>
      answered({ location: 'https://other.example/Users/1' }),
  },
  silent: {
    'a group of many members that is too large for the provider (RFC 7644 §3.12, tooMany)': () => largeGroup(400),
    'a group of more members than this client may put into one (RFC 7644 §3.12, 403)': () => largeGroup(403),
    'a 202 of a provider that serves an asynchronous binding (MODE-02)': () => answered({ status: 202 }),
  },
});
