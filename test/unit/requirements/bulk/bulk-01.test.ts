import { urn } from '../../../../schemas/names.js';
import { bulk01 } from '../../../../suites/requirements/bulk/bulk-01.js';
import { bulkOdd, bulkOddSteps } from '../../../../suites/scenarios/bulk/bulk-odd.js';
import { asyncBulk } from '../../../../suites/scenarios/request-mode/async-bulk.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { bulkTrace, create, created, failedWith, wrongCreate, type HandMadeResult } from './bulk-trace.js';

const operations = [create('a'), wrongCreate('b')];

const mixed = (results: HandMadeResult[], counts = {}): HandMadeTrace =>
  bulkTrace(asyncBulk, { operations, results, counts });

const odd = (results: HandMadeResult[]): HandMadeTrace =>
  bulkTrace(bulkOdd, { operations: [create('a'), create('a')], results, step: bulkOddSteps.oneBulkIdTwice });

/** The same, answered 200 at once with these results (RFC 9967 §2.5.1.1). */
const answeredAtOnce = (...statuses: string[]): HandMadeTrace => {
  const trace = new HandMadeTrace(bulkOdd, 'respond-async');
  const Operations = statuses.map((status) => ({ method: 'POST', status }));
  const body = { schemas: [urn.bulkResponse], Operations };
  const variant = bulkOddSteps.oneBulkIdTwice;
  const asked = trace.exchange('submit', 'POST /Bulk', { status: 200, body, variant });
  trace.submission(asked, { shape: 'bulk', operations: [wrongCreate('a'), wrongCreate('a')] });
  return trace;
};

const refused = (status: number): HandMadeTrace => {
  const trace = new HandMadeTrace(bulkOdd, 'request-mode');
  const variant = bulkOddSteps.noOperations;
  trace.submission(trace.exchange('submit', 'POST /Bulk', { status, variant }), { shape: 'bulk', operations: [] });
  return trace;
};

proveRequirement(bulk01, {
  right: {
    'a valid operation succeeds beside an invalid one': () => mixed([created('a'), failedWith('400', 'b')]),
    'an odd request that is refused': () => refused(400),
  },
  wrong: {
    'counts-disagree-with-results': () => mixed([created('a'), failedWith('400', 'b')], { success: 2, failed: 0 }),
    'valid-operation-fails': () => mixed([failedWith('500', 'a'), failedWith('400', 'b')]),
    'invalid-operation-succeeds': () => mixed([created('a'), created('b')]),
    'odd-request-refused-wrongly': {
      'with a status of success': () => refused(204),
      'with no results': () => answeredAtOnce(),
    },
    'odd-request-succeeds': {
      'when it is completed': () => odd([created('a', '1'), created('a', '2')]),
      'at once': () => answeredAtOnce('201', '201'),
    },
  },
  legal: {
    'a valid operation that is not implemented in bulk requests (profile §7, clarification 14)': () =>
      mixed([failedWith('501', 'a'), failedWith('400', 'b')]),
    'of two operations with one bulkId only the second is refused (profile §7, clarification 9)': () =>
      odd([created('a'), failedWith('400', 'a')]),
    'failOnErrors 0, and all is done (RFC 7644 §3.7 leaves open what it means)': () =>
      bulkTrace(bulkOdd, {
        operations: [create('a')],
        results: [created('a')],
        failOnErrors: 0,
        step: bulkOddSteps.failOnErrorsOf0,
      }),
    'an odd request is answered 200 at once, and what is odd fails (RFC 9967 §2.5.1.1)': () =>
      answeredAtOnce('201', '409'),
  },
  silent: {
    'a request that was never seen completed': () => bulkTrace(asyncBulk, { operations }),
  },
});
