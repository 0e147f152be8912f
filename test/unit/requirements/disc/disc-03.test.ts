import { urn } from '../../../../schemas/names.js';
import type { TargetFacts } from '../../../../schemas/types.js';
import { disc03 } from '../../../../suites/requirements/disc/disc-03.js';
import { discovery } from '../../../../suites/scenarios/synchronous/discovery.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const read = (facts: Partial<TargetFacts>): HandMadeTrace => {
  const trace = new HandMadeTrace(discovery, 'respond-async', facts);
  const body = { schemas: [urn.serviceProviderConfig] };
  trace.exchange('discover', 'GET /ServiceProviderConfig', { status: 200, body });
  return trace;
};

const advertised = (securityEvents: unknown): HandMadeTrace => read({ securityEvents });

const eventUris = ['urn:ietf:params:scim:event:misc:asyncresp'];

proveRequirement(disc03, {
  right: { 'both members': () => advertised({ asyncRequest: 'request', eventUris }) },
  wrong: {
    'security-events-not-an-object': () => advertised(['request']),
    'async-request-wrong': () => advertised({ asyncRequest: 'always', eventUris }),
    'event-uris-wrong': () => advertised({ asyncRequest: 'request', eventUris: eventUris[0] }),
    'async-request-misplaced': () => read({ asyncRequestElsewhere: 'urn:example:async' }),
  },
  legal: {
    'a value in other letter cases (profile §7, clarification 13)': () =>
      advertised({ asyncRequest: 'LONG', eventUris }),
    'no list of events, which is an empty one (RFC 7643 §2.5)': () => advertised({ asyncRequest: 'none' }),
  },
  silent: { 'nothing is advertised': () => read({}) },
});
