import { bulk03 } from '../../../../suites/requirements/bulk/bulk-03.js';
import { failOnErrorsScenario, failOnErrorsSteps } from '../../../../suites/scenarios/bulk/fail-on-errors.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { bulkTrace, create, created, failedWith, wrongCreate, type HandMadeResult } from './bulk-trace.js';

const operations = [wrongCreate('a'), create('b'), create('c')];

const limited = (failOnErrors: number, results?: HandMadeResult[], counts = {}): HandMadeTrace =>
  bulkTrace(failOnErrorsScenario, {
    operations,
    failOnErrors,
    counts,
    step: failOnErrorsSteps.limited.of(String(failOnErrors)),
    ...(results === undefined ? {} : { results }),
  });

const stopped = [failedWith('400', 'a'), failedWith('424', 'b'), failedWith('424', 'c')];

proveRequirement(bulk03, {
  right: {
    'a request that stops after the first error': () => limited(1, stopped),
    'a request that goes on, because too few errors came': () =>
      limited(2, [failedWith('400', 'a'), created('b'), created('c')]),
  },
  wrong: {
    'not-run-left-pending': () => limited(1),
    'stops-too-early': () => limited(2, stopped),
    'does-not-stop': () => limited(1, [failedWith('400', 'a'), created('b'), created('c')]),
    'not-run-not-counted': {
      'although their results say so': () => limited(1, stopped, { success: 2, failed: 1 }),
      'and their results are left out': () => limited(1, [failedWith('400', 'a')], { total: 3, success: 2, failed: 1 }),
    },
    'not-run-without-424': () => limited(1, [failedWith('400', 'a'), failedWith('500', 'b'), failedWith('424', 'c')]),
    'not-run-has-an-effect': () => {
      const trace = limited(1, stopped);
      const body = { totalResults: 1, Resources: [{ userName: 'b@example.com' }] };
      trace.exchange('search', 'GET /Users?filter=x', { status: 200, body, subject: 'b@example.com' });
      return trace;
    },
  },
  legal: {
    'an operation that was in work already is done (RFC 7644 §3.7.3 stops what follows)': () =>
      limited(1, [failedWith('400', 'a'), created('b'), failedWith('424', 'c')]),
    'results that end where the request stopped (RFC 7644 §3.7)': () => limited(1, [failedWith('400', 'a')]),
    'results without that of an operation that was not run (RFC 7644 §3.7)': () =>
      limited(1, [failedWith('400', 'a'), created('c')]),
    'fewer results than operations before enough errors came, which is BULK-06': () =>
      limited(2, [failedWith('400', 'a')]),
  },
});
