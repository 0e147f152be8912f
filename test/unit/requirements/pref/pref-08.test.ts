import { pref08 } from '../../../../suites/requirements/pref/pref-08.js';
import { resultAccess, resultAccessSteps } from '../../../../suites/scenarios/respond-async/result-access.js';
import { PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const tried = (credential: 'none' | 'invalid', status: number, method = 'GET'): PreferringTrace => {
  const trace = new PreferringTrace(resultAccess);
  const { n: submission } = trace.preferredCreate('/results/1', 'txn');
  const variant = resultAccessSteps.whenCompleted;
  trace.exchange('result-access', `${method} /results/1`, { submission, credential, status, variant });
  return trace;
};

proveRequirement(pref08, {
  right: {
    '401 without a credential': () => tried('none', 401),
    '401 with a bad one': () => tried('invalid', 401, 'HEAD'),
  },
  wrong: {
    'open-to-anybody': () => tried('none', 200, 'HEAD'),
    'open-to-a-bad-credential': () => tried('invalid', 200),
  },
  legal: {
    'who has no credential is not told that there is a result (RFC 9110 §15.5.5)': () => tried('none', 404),
    'a redirection to where one signs in (RFC 9110 §15.4)': () => tried('none', 302),
  },
  silent: {
    'a 202 that names no place of a result': () => {
      const trace = new PreferringTrace(resultAccess);
      trace.preferredCreate('/Users/1', 'txn');
      return trace;
    },
  },
});
