import { urn } from '../../../../schemas/names.js';
import { core05 } from '../../../../suites/requirements/core/core-05.js';
import { synchronousBulk } from '../../../../suites/scenarios/synchronous/synchronous-bulk.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const sent = {
  schemas: [urn.bulkRequest],
  Operations: ['a', 'b'].map((bulkId) => ({ method: 'POST', path: '/Users', bulkId, data: {} })),
};

const created = (bulkId: string) => ({ method: 'POST', bulkId, status: '201', location: `/Users/${bulkId}` });

const failed = (bulkId: string) => ({
  method: 'POST',
  bulkId,
  status: '400',
  response: { schemas: [urn.error], status: '400', scimType: 'invalidValue' },
});

const answered =
  (status: number, ...Operations: readonly unknown[]) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(synchronousBulk, 'request-mode');
    trace.exchange('bulk', 'POST /Bulk', { status, sent, body: { schemas: [urn.bulkResponse], Operations } });
    return trace;
  };

proveRequirement(core05, {
  right: { 'a success and a failure beside each other': answered(200, created('a'), failed('b')) },
  wrong: {
    'bulk-not-200': answered(400, failed('a'), failed('b')),
    'bulk-response-invalid': {
      'a status that is a number': answered(200, { ...created('a'), status: 201 }, created('b')),
      'a status that is an object without a code': answered(200, { ...created('a'), status: {} }, created('b')),
      'a failure without its error, whose status is an object': answered(200, created('a'), {
        ...created('b'),
        status: { code: '400' },
      }),
    },
    'result-count-wrong': answered(200, created('a')),
    'bulk-ids-wrong': answered(200, created('a'), created('a')),
  },
  legal: {
    'results in another order (profile CORE-05; RFC 7644 §3.7 names none)': answered(200, failed('b'), created('a')),
    'every operation failed (RFC 7644 §3.7.3)': answered(200, failed('a'), failed('b')),
    'a version that is null (RFC 7643 §2.5)': answered(200, { ...created('a'), version: null }, created('b')),
  },
  open: {
    'a status that is an object (RFC 7644 §3.7.2, §3.7.3)': answered(
      200,
      { ...created('a'), status: { code: '201' } },
      { ...failed('b'), status: { code: '400' } },
    ),
  },
  silent: { 'a 202 of a provider that serves an asynchronous binding (MODE-02)': answered(202) },
});
