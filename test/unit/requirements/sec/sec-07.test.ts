import { sec07 } from '../../../../suites/requirements/sec/sec-07.js';
import { resourceLifecycle } from '../../../../suites/scenarios/synchronous/resource-lifecycle.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const created =
  (baseUrl: string, Location: string, location: unknown = Location) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(resourceLifecycle, 'request-mode', { baseUrl });
    const body = { id: '1', meta: { location } };
    trace.exchange('create', `POST ${baseUrl}/Users`, { status: 201, headers: { Location }, body });
    return trace;
  };

const secure = 'https://provider.example/scim/v2';
const plain = 'http://provider.example/scim/v2';

proveRequirement(sec07, {
  right: { 'https everywhere': created(secure, `${secure}/Users/1`) },
  wrong: {
    'base-url-not-https': created(plain, `${secure}/Users/1`),
    'link-not-https': {
      'in Location': created(secure, `${plain}/Users/1`, `${secure}/Users/1`),
      'in meta.location': created(secure, `${secure}/Users/1`, `${plain}/Users/1`),
    },
  },
  legal: {
    'a relative Location (RFC 9110 §10.2.2)': created(secure, '/scim/v2/Users/1'),
    'a location that is no string': created(secure, `${secure}/Users/1`, 7),
    'a link to this machine (profile SEC-07)': created(secure, 'http://localhost:8080/Users/1'),
  },
  silent: {
    'IPv4 loopback': created('http://127.0.0.1:8080', 'http://127.0.0.2/Users/1'),
    'IPv6 loopback': created('http://[::1]:8080', 'http://[::1]:8080/Users/1'),
    'a name of this machine (RFC 6761 §6.3)': created('http://scim.localhost', 'http://scim.localhost/Users/1'),
  },
});
