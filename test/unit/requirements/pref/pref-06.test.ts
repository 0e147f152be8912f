import { pref06 } from '../../../../suites/requirements/pref/pref-06.js';
import { preferAccept, preferAcceptSteps } from '../../../../suites/scenarios/respond-async/prefer-accept.js';
import { PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

interface Statuses {
  /** With the usual Accept, and with one that no SCIM answer has. */
  readonly usual: number;
  readonly odd: number;
}

const addSingle = (trace: PreferringTrace, { usual, odd }: Statuses): PreferringTrace => {
  trace.preferred('POST /Users', { status: usual, variant: preferAcceptSteps.usual });
  trace.preferred('POST /Users', { status: odd, variant: preferAcceptSteps.accept.of('text/html') });
  return trace;
};

const single = (statuses: Statuses): PreferringTrace => addSingle(new PreferringTrace(preferAccept), statuses);

/** A create that is answered normally, and bulk requests. */
const bulk = ({ usual, odd }: Statuses): PreferringTrace => {
  const trace = new PreferringTrace(preferAccept);
  trace.preferred('POST /Users', { status: 201, variant: preferAcceptSteps.usual });
  const about = { shape: 'bulk' } as const;
  trace.preferred('POST /Bulk', { status: usual, variant: preferAcceptSteps.usual }, about);
  trace.preferred('POST /Bulk', { status: odd, variant: preferAcceptSteps.accept.of('text/html') }, about);
  return trace;
};

proveRequirement(pref06, {
  right: {
    'it is accepted': () => single({ usual: 202, odd: 202 }),
    'a bulk request is accepted, and a create answered normally': () => bulk({ usual: 202, odd: 202 }),
  },
  wrong: {
    'refused-because-of-accept': {
      'a create': () => single({ usual: 202, odd: 406 }),
      'a bulk request': () => bulk({ usual: 202, odd: 406 }),
    },
  },
  legal: {
    'a synchronous answer (RFC 7240 §2)': () => single({ usual: 202, odd: 201 }),
    'a 5xx, which has other reasons (RFC 9110 §15.6)': () => single({ usual: 202, odd: 500 }),
    'a normal answer of 406 from a provider that answers creates normally (RFC 7240 §2, RFC 9110 §15.5.7)': () =>
      single({ usual: 201, odd: 406 }),
    'a normal answer of 406 to a create, while bulk requests are answered 202 (RFC 9967 §2.5.1.1)': () =>
      addSingle(bulk({ usual: 202, odd: 202 }), { usual: 201, odd: 406 }),
  },
  silent: {
    'a provider that answers normally (RFC 9967 §2.5.1.1)': () => single({ usual: 201, odd: 406 }),
    'a request that was throttled (RFC 6585 §4)': () => {
      const trace = new PreferringTrace(preferAccept);
      trace.exchange('submit', 'POST /Users', { status: 429, variant: preferAcceptSteps.accept.of('text/html') });
      return trace;
    },
  },
});
