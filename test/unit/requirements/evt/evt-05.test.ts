import t from 'tap';
import { urn } from '../../../../schemas/names.js';
import { judgeTrace } from '../../../../suites/engine/case.js';
import { evt05 } from '../../../../suites/requirements/evt/evt-05.js';
import { proveRequirement } from '../../prove-requirement.js';
import { completionSet, created, EventTrace } from './event-trace.js';

/** A create whose completion event has this payload. */
const issued = (payload: unknown): EventTrace => {
  const trace = new EventTrace();
  return trace.brings(trace.create(), completionSet({}, payload));
};

const failed = (response?: unknown): Record<string, unknown> => ({
  method: 'POST',
  status: '409',
  ...(response === undefined ? {} : { response }),
});

const error = { schemas: [urn.error], status: '409' };

const bareResult = (operation: unknown): EventTrace => {
  const trace = new EventTrace();
  return trace.bringsBare(trace.create(), operation);
};

proveRequirement(evt05, {
  right: {
    'a success': () => issued(created),
    'a failure with its error': () => issued(failed(error)),
  },
  wrong: {
    'payload-not-an-object': () => issued('201'),
    'method-unknown': () => issued({ status: '201' }),
    'method-of-another': () => {
      const trace = new EventTrace();
      return trace.brings(trace.write('PATCH', '/Users/1'), completionSet({}, { method: 'PUT', status: '200' }));
    },
    'status-malformed': () => issued({ ...created, status: 201 }),
    'error-missing': {
      'its status is a string': () => issued(failed()),
      'its status is an object': () => issued({ ...failed(), status: { code: '409' } }),
    },
    'error-malformed': () => issued(failed({ detail: 'It exists.' })),
  },
  legal: {
    'a method in lower case (RFC 7643 §2.1)': () => issued({ ...created, method: 'post' }),
    'a success with its resource (RFC 7644 §3.7.3)': () => issued({ ...created, response: { id: '1' } }),
    'an error with members of null (RFC 7643 §2.5)': () => issued(failed({ ...error, scimType: null })),
    'a result without a token (profile §7, clarification 5)': () => bareResult(created),
    'a result without a token in another form (profile §7, clarification 5)': () => bareResult({ status: 201 }),
  },
  open: {
    'a status that is an object (RFC 7644 §3.7.2, §3.7.3)': () => issued({ ...created, status: { code: '201' } }),
    'the same without a token': () => bareResult({ ...created, status: { code: '201' } }),
  },
  silent: {
    'no result has come': () => {
      const trace = new EventTrace();
      trace.polled(trace.create(), { status: 202 });
      return trace;
    },
  },
});

void t.test('EVT-05: what differs in a result without a token is ambiguous', (t) => {
  const openPoints = (operation: unknown): number =>
    judgeTrace(evt05, bareResult(operation).at('0')).ambiguities?.length ?? 0;
  t.equal(openPoints(created), 0);
  t.equal(openPoints({ ...created, status: 201 }), 1);
  t.equal(openPoints({ status: '201' }), 1);
  t.end();
});
