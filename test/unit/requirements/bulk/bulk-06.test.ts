import { bulk06 } from '../../../../suites/requirements/bulk/bulk-06.js';
import { asyncBulk } from '../../../../suites/scenarios/request-mode/async-bulk.js';
import { failOnErrorsScenario } from '../../../../suites/scenarios/bulk/fail-on-errors.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { bulkTrace, create, created, failedWith, type HandMadeResult } from './bulk-trace.js';

const operations = [create('a'), create('b')];

const bulk = (...results: HandMadeResult[]): HandMadeTrace => bulkTrace(asyncBulk, { operations, results });

/** Three creates that end after so many errors. */
const limited = (failOnErrors: number, ...results: HandMadeResult[]): HandMadeTrace =>
  bulkTrace(failOnErrorsScenario, { operations: [...operations, create('c')], failOnErrors, results });

proveRequirement(bulk06, {
  right: { 'one result for each operation, in order': () => bulk(created('a'), created('b')) },
  wrong: {
    'results-missing-or-surplus': {
      'one is missing': () => bulk(created('a')),
      'they end before enough errors came': () => limited(2, created('a'), failedWith('400', 'b')),
    },
    'results-out-of-order': {
      'of all operations': () => bulk(created('b'), created('a')),
      'of those that were run': () => limited(1, failedWith('400', 'b'), created('a')),
    },
  },
  legal: {
    'results that end where failOnErrors stopped (RFC 7644 §3.7)': () =>
      limited(1, created('a'), failedWith('400', 'b')),
    'results that end anywhere with failOnErrors 0 (profile 1.1, clarification 2)': () => limited(0, created('a')),
    'no results with failOnErrors 0 (profile 1.1, clarification 2)': () => limited(0),
    'results without that of an operation that was not run (RFC 7644 §3.7)': () =>
      limited(1, failedWith('400', 'a'), created('c')),
    'results that do not say their bulkId, which is BULK-02': () =>
      bulk({ ...created('a'), bulkId: undefined }, { ...created('b'), bulkId: undefined }),
    'the method in lower case (its spelling is not demanded)': () =>
      bulk({ ...created('a'), method: 'post' }, created('b')),
  },
});
