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

const listed = (...uris: string[]): HandMadeTrace => advertised({ asyncRequest: 'request', eventUris: uris });

proveRequirement(disc03, {
  right: { 'both members': () => advertised({ asyncRequest: 'request', eventUris }) },
  wrong: {
    'security-events-not-an-object': () => advertised(['request']),
    'async-request-wrong': () => advertised({ asyncRequest: 'always', eventUris }),
    'event-uris-wrong': () => advertised({ asyncRequest: 'request', eventUris: eventUris[0] }),
    'event-uri-misspelled': {
      'in letter case': () => listed('urn:ietf:params:scim:event:misc:asyncResp'),
      'with a hyphen': () => listed('urn:ietf:params:scim:event:misc:async-resp'),
    },
    'event-uri-unknown': {
      'of another class': () => listed('urn:ietf:params:scim:event:async:response'),
      'without a name': () => listed('urn:ietf:params:scim:event:misc'),
    },
    'async-request-misplaced': () => read({ asyncRequestElsewhere: 'urn:example:async' }),
  },
  legal: {
    'a value in other letter cases (profile §7, clarification 13)': () =>
      advertised({ asyncRequest: 'LONG', eventUris }),
    'a URI in capitals, which CORE-07 judges (RFC 8141 §3.1)': () =>
      listed('URN:IETF:params:scim:event:misc:asyncresp', 'URN:IETF:PARAMS:SCIM:EVENT:PROV:DELETE'),
    'a URI that may be registered later (RFC 9967 §7.3)': () =>
      listed(...eventUris, 'urn:ietf:params:scim:event:prov:move:notice', 'urn:ietf:params:scim:event:misc:exported'),
    'events of the provider’s own (RFC 8417 §2)': () => listed(...eventUris, 'https://provider.example/events/login'),
    'no list of events, which is an empty one (RFC 7643 §2.5)': () => advertised({ asyncRequest: 'none' }),
  },
  silent: { 'nothing is advertised': () => read({}) },
});
