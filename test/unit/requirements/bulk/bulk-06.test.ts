import { bulk06 } from '../../../../suites/requirements/bulk/bulk-06.js';
import { asyncBulk } from '../../../../suites/scenarios/request-mode/async-bulk.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { bulkTrace, create, created, type HandMadeResult } from './bulk-trace.js';

const operations = [create('a'), create('b')];

const bulk = (...results: HandMadeResult[]): HandMadeTrace => bulkTrace(asyncBulk, { operations, results });

proveRequirement(bulk06, {
  right: { 'one result for each operation, in order': () => bulk(created('a'), created('b')) },
  wrong: {
    'results-missing-or-surplus': () => bulk(created('a')),
    'results-out-of-order': () => bulk(created('b'), created('a')),
  },
  legal: {
    'results that do not say their bulkId, which is BULK-02': () =>
      bulk({ ...created('a'), bulkId: undefined }, { ...created('b'), bulkId: undefined }),
    'the method in lower case (its spelling is not demanded)': () =>
      bulk({ ...created('a'), method: 'post' }, created('b')),
  },
});
