import { urn } from '../../../../schemas/names.js';
import { life10 } from '../../../../suites/requirements/life/life-10.js';
import { asyncBulk } from '../../../../suites/scenarios/request-mode/async-bulk.js';
import { bulkOdd } from '../../../../suites/scenarios/bulk/bulk-odd.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { bulkTrace, create, created, failedWith, type HandMadeResult } from '../bulk/bulk-trace.js';

const errorOf = (status: string): HandMadeResult => ({ schemas: [urn.error], status, detail: 'taken' });

const done = (...results: HandMadeResult[]): HandMadeTrace =>
  bulkTrace(asyncBulk, { operations: [create('a'), create('b')], results });

const failure = (response: HandMadeResult | null): HandMadeResult => ({ ...failedWith('409', 'b'), response });

proveRequirement(life10, {
  right: { 'a location and an error': () => done(created('a'), failure(errorOf('409'))) },
  wrong: {
    'operations-missing': () => done(),
    'status-not-a-string': () => done(created('a'), { ...created('b'), status: 201 }),
    'error-missing-or-invalid': {
      'its status is a string': () => done(created('a'), failure(null)),
      'its status is an object': () => done(created('a'), { ...failure(null), status: { code: '409' } }),
    },
    'error-of-another-status': () => done(created('a'), failure(errorOf('400'))),
    'location-missing': () => done(created('a'), { ...created('b'), location: undefined }),
  },
  legal: {
    'an error with members of null (RFC 7643 §2.5)': () =>
      done(created('a'), failure({ ...errorOf('409'), scimType: null })),
  },
  open: {
    'a status that is an object (RFC 7644 §3.7.2, §3.7.3)': () =>
      done({ ...created('a'), status: { code: '201' } }, { ...failure(errorOf('409')), status: { code: '409' } }),
  },
  silent: {
    'a request with failOnErrors 0 of which nothing was run (profile 1.1, clarification 2)': () =>
      bulkTrace(bulkOdd, { operations: [create('a')], failOnErrors: 0, results: [] }),
    'a request that was never seen completed': () => bulkTrace(asyncBulk, { operations: [create('a')] }),
  },
});
