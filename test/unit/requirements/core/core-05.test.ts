import { urn } from '../../../../schemas/names.js';
import { core05 } from '../../../../suites/requirements/core/core-05.js';
import { synchronousBulk, synchronousBulkSteps } from '../../../../suites/scenarios/synchronous/synchronous-bulk.js';
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

const userName = 'scimc-1@example.com';

/** A create that is reported as 201, the answer to a read of its location, and the users that a search finds. */
const looked = (status: number | undefined, found?: readonly string[]) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(synchronousBulk, 'request-mode');
  const one = {
    schemas: [urn.bulkRequest],
    Operations: [{ method: 'POST', path: '/Users', bulkId: 'a', data: { userName } }],
  };
  const body = { schemas: [urn.bulkResponse], Operations: [created('a')] };
  trace.exchange('bulk', 'POST /Bulk', { status: 200, sent: one, body });
  const variant = synchronousBulkSteps.created;
  if (status !== undefined) trace.exchange('read', 'GET /Users/a', { status, subject: userName, variant });
  const list = { schemas: [urn.listResponse], Resources: found?.map((name) => ({ userName: name })) };
  if (found !== undefined)
    trace.exchange('search', 'GET /Users?filter=…', { status: 200, subject: userName, body: list });
  return trace;
};

proveRequirement(core05, {
  right: {
    'a success and a failure beside each other': answered(200, created('a'), failed('b')),
    'a user who was created and is there': looked(200),
  },
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
    'created-not-there': {
      'at its location, nor in a search': looked(404, []),
      'in a search, without a location that can be read': looked(undefined, []),
      'at its location, and nothing can be searched': looked(410),
    },
  },
  legal: {
    'the user is at another location, which is that of the client (CORE-02)': looked(404, [userName.toUpperCase()]),
    'reads that are refused (RFC 9110 §15.5.4)': looked(403, []),
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
