import { pref06 } from '../../../../suites/requirements/pref/pref-06.js';
import { preferAccept, preferAcceptSteps } from '../../../../suites/scenarios/respond-async/prefer-accept.js';
import { PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const answered = (status: number): PreferringTrace => {
  const trace = new PreferringTrace(preferAccept);
  trace.preferred('POST /Users', { status, variant: preferAcceptSteps.accept.of('text/html') });
  return trace;
};

proveRequirement(pref06, {
  right: { 'it is accepted': () => answered(202) },
  wrong: { 'refused-because-of-accept': () => answered(406) },
  legal: {
    'a synchronous answer (RFC 7240 §2)': () => answered(201),
    'a 5xx, which has other reasons (RFC 9110 §15.6)': () => answered(500),
  },
  silent: {
    'a request that was throttled (RFC 6585 §4)': () => {
      const trace = new PreferringTrace(preferAccept);
      trace.exchange('submit', 'POST /Users', { status: 429, variant: preferAcceptSteps.accept.of('text/html') });
      return trace;
    },
  },
});
