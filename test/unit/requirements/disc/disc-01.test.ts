import { urn } from '../../../../schemas/names.js';
import { disc01 } from '../../../../suites/requirements/disc/disc-01.js';
import { discovery } from '../../../../suites/scenarios/synchronous/discovery.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

/** A ServiceProviderConfig with this extension. */
const advertised = (extension?: unknown, status = 200): HandMadeTrace => {
  const trace = new HandMadeTrace(discovery, 'request-mode');
  const body = { schemas: [urn.serviceProviderConfig], [urn.asyncServiceProviderConfig]: extension };
  trace.exchange('discover', 'GET /ServiceProviderConfig', { status, body });
  return trace;
};

const requestModes = ['synchronous', 'asynchronous'];

proveRequirement(disc01, {
  right: {
    'all members': () =>
      advertised({
        requestModes,
        statusEndpoint: '/provision/{id}/status',
        statusRetentionSeconds: 86400,
        features: ['cancel'],
      }),
  },
  wrong: {
    'extension-missing': () => advertised(),
    'extension-not-an-object': () => advertised('asynchronous'),
    'request-modes-wrong': {
      'none that is defined': () => advertised({ requestModes: ['async'] }),
      'none at all': () => advertised({ requestModes: [] }),
      'no list': () => advertised({ requestModes: 'asynchronous' }),
      'something else than a string': () => advertised({ requestModes: ['asynchronous', 1] }),
    },
    'status-endpoint-wrong': () => advertised({ requestModes, statusEndpoint: '/provision' }),
    'retention-wrong': () => advertised({ requestModes, statusRetentionSeconds: '24h' }),
    'features-wrong': () => advertised({ requestModes, features: 'cancel' }),
  },
  legal: {
    'the modes alone (profile §2: the rest is optional)': () => advertised({ requestModes: ['asynchronous'] }),
    'members of null, which count as absent (RFC 7643 §2.5)': () => advertised({ requestModes, features: null }),
    'a mode that nobody knows beside the others (profile §2)': () =>
      advertised({ requestModes: [...requestModes, 'deferred'] }),
    'modes in capitals (profile D1)': () => advertised({ requestModes: ['ASYNCHRONOUS'] }),
    'members that nobody knows (profile §2)': () => advertised({ requestModes, queues: 3 }),
  },
  silent: { 'a configuration that is not there, which is for CORE-01 to judge': () => advertised(undefined, 404) },
});
