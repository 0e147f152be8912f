import { pref02 } from '../../../../suites/requirements/pref/pref-02.js';
import { preferWrite } from '../../../../suites/scenarios/respond-async/prefer-write.js';
import { acceptedWith, PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import type { Answer } from '../../hand-made-trace.js';

const answered = (answer: Answer): PreferringTrace => {
  const trace = new PreferringTrace(preferWrite);
  trace.preferred('POST /Users', answer);
  return trace;
};

const accepted = acceptedWith('/results/1', 'txn');

proveRequirement(pref02, {
  right: { 'no body': () => answered(accepted) },
  wrong: { 'body-on-202': () => answered({ ...accepted, body: {} }) },
  legal: {
    'no body, and a Content-Type all the same (RFC 9110 §8.3)': () =>
      answered({ ...accepted, headers: { ...accepted.headers, 'Content-Type': 'application/scim+json' } }),
  },
  silent: { 'a synchronous answer': () => answered({ status: 201, body: { id: '1' } }) },
});
