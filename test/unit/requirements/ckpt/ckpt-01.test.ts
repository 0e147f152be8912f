import type { Settlement } from '../../../../schemas/types.js';
import { ckpt01 } from '../../../../suites/requirements/ckpt/ckpt-01.js';
import { restart, restartSteps } from '../../../../suites/scenarios/features/restart.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { created, failedWith, type HandMadeResult } from '../bulk/bulk-trace.js';

const user = (name: string): Record<string, unknown> => ({ userName: `${name}@example.com` });

const create = { method: 'POST', path: '/Users', data: user('a'), userName: 'a@example.com' } as const;
const createOfGroup = { method: 'POST', path: '/Groups', data: { displayName: 'Group a' } } as const;
const replace = { method: 'PUT', path: '/Users/7', data: { ...user('b'), displayName: 'Wordb' } } as const;

type Operation = typeof create | typeof createOfGroup | typeof replace;

type Counts = readonly [success: number, failed: number, pending: number];

interface Story {
  readonly operations?: readonly Operation[];
  /** The last look before the restart. */
  readonly before?: Counts;
  /** The first look after it; a number: the status of the answer. */
  readonly after?: Counts | number;
  /** Undefined: it is not seen completed. */
  readonly results?: readonly HandMadeResult[] | undefined;
  readonly counts?: Counts;
  readonly outcome?: Settlement['outcome'];
  /** Numbers of resources of the names that operations created. */
  readonly found?: number;
  /** What is read of the user whom an operation replaced. */
  readonly shown?: { readonly status: number; readonly body?: unknown };
}

const statusOf = ([success, failed, pending]: Counts, results?: readonly HandMadeResult[]) => ({
  operationsCount: { total: success + failed + pending, success, failed, pending },
  status: { completed: pending === 0, success: failed === 0 && pending === 0 },
  ...(results === undefined ? {} : { Operations: results }),
});

const doneOf = ({ method }: Operation, bulkId: string): HandMadeResult => ({
  ...created(bulkId),
  method,
  status: method === 'POST' ? '201' : '200',
});

/** One bulk request, during which the provider is restarted. */
const restarted = ({
  operations = [create, createOfGroup, replace],
  before = [1, 0, operations.length - 1],
  after = before,
  found = 1,
  shown = { status: 200, body: { displayName: 'Wordb' } },
  ...story
}: Story = {}): HandMadeTrace => {
  const done = operations.map((operation, place) => doneOf(operation, `b${place}`));
  const { results = done, counts = [operations.length, 0, 0], outcome = 'completed' } = story;
  const trace = new HandMadeTrace(restart, 'request-mode', { features: ['checkpoint'], restartable: true });
  const Operations = operations.map(({ method, path, data }, place) => ({ method, path, bulkId: `b${place}`, data }));
  const submission = trace.submitted(
    'POST /Bulk',
    { status: 202, headers: { Location: '/scim/v2/provision/1/status' }, sent: { Operations } },
    {
      shape: 'bulk',
      operations: Operations.map(({ method, path, bulkId }) => ({ method, path, bulkId, expected: 'success' })),
    },
  );
  trace.looked(submission, { status: 200, body: statusOf(before), variant: restartSteps.before });
  const variant = restartSteps.afterwards;
  trace.looked(
    submission,
    typeof after === 'number' ? { status: after, variant } : { status: 200, body: statusOf(after), variant },
  );
  if (outcome === 'completed' && typeof after !== 'number')
    trace.looked(submission, { status: 200, body: statusOf(counts, results) });
  trace.settled(submission, typeof after === 'number' ? 'unreadable' : outcome);
  for (const { method, path, data } of operations) {
    if (method === 'PUT') {
      trace.exchange('read', `GET ${path}`, { ...shown, subject: path, variant: restartSteps.written.of('Wordb') });
      continue;
    }
    const subject = 'displayName' in data ? String(data.displayName) : String(data.userName);
    const body = { totalResults: found, Resources: Array.from({ length: found }, () => data) };
    trace.exchange('search', `GET ${path}?filter=x`, { status: 200, body, subject });
  }
  return trace;
};

/** A single create that was pending at the restart. */
const single = (found: number): HandMadeTrace => {
  const trace = new HandMadeTrace(restart, 'request-mode', { features: ['checkpoint'], restartable: true });
  const headers = { Location: '/scim/v2/provision/1/status' };
  const submission = trace.submitted('POST /Users', { status: 202, headers, sent: create.data });
  trace.looked(submission, { status: 200, body: statusOf([0, 0, 1]), variant: restartSteps.before });
  const body = statusOf([1, 0, 0], [doneOf(create, 'b0')]);
  trace.looked(submission, { status: 200, body, variant: restartSteps.afterwards });
  trace.settled(submission, 'completed');
  const Resources = Array.from({ length: found }, () => create.data);
  const subject = create.userName;
  trace.exchange('search', 'GET /Users?filter=x', { status: 200, body: { totalResults: found, Resources }, subject });
  return trace;
};

const failing = (status: string, place = 0): HandMadeResult[] =>
  [create, createOfGroup, replace].map((operation, at) =>
    at === place ? failedWith(status, `b${at}`) : doneOf(operation, `b${at}`),
  );

proveRequirement(ckpt01, {
  right: {
    'everything is done once': () => restarted(),
    'a single create is done once': () => single(1),
    'the results are not shown, and the counts say that all is done (profile §3)': () => restarted({ results: [] }),
  },
  wrong: {
    'never-completed': () => restarted({ outcome: 'deadline' }),
    'status-lost': { 'with 404': () => restarted({ after: 404 }), 'with 410': () => restarted({ after: 410 }) },
    'counts-went-back': {
      'success falls': () => restarted({ before: [2, 0, 1], after: [0, 0, 3] }),
      'failed falls': () => restarted({ before: [1, 1, 1], after: [2, 0, 1] }),
      'success falls at the end': () =>
        restarted({ before: [2, 0, 1], after: [2, 0, 1], counts: [1, 2, 0], results: [] }),
    },
    'effect-lost': {
      'of a create': () => restarted({ found: 0 }),
      'of a single create': () => single(0),
      'of a replace': () => restarted({ shown: { status: 200, body: { displayName: 'Worda' } } }),
      'what was replaced is gone': () => restarted({ shown: { status: 404 } }),
      'the results are not shown': () => restarted({ found: 0, results: [] }),
    },
    'done-twice': {
      'there are two of them': () => restarted({ found: 2 }),
      'the second try of a create is reported': () => restarted({ results: failing('409'), counts: [2, 1, 0] }),
    },
    'failed-by-restart': () =>
      restarted({ results: failing('500'), counts: [2, 1, 0], found: 0, operations: [create, replace, replace] }),
  },
  legal: {
    'all of it is done before the provider stops (profile CKPT-01 says only that it completes)': () =>
      restarted({ after: [3, 0, 0] }),
    'an operation that failed before the restart, and one after it (RFC 7644 §3.7.3)': () =>
      restarted({ before: [0, 1, 2], results: failing('500', 2), counts: [2, 1, 0] }),
    'an operation that the provider does not do in bulk requests (profile §7, clarification 14)': () =>
      restarted({ results: failing('501', 2), counts: [2, 1, 0] }),
    'a provider that shows no names (RFC 7643 §2.2)': () => restarted({ shown: { status: 200, body: {} } }),
    'a read that is refused for another reason (RFC 9110 §15.5.4)': () => restarted({ shown: { status: 403 } }),
  },
  silent: {
    'nothing was pending at the restart': () => restarted({ before: [3, 0, 0] }),
    'the status is answered 403, which says nothing about the request': () => restarted({ after: 403 }),
    'the provider does not come back': () => {
      const trace = new HandMadeTrace(restart, 'request-mode', { features: ['checkpoint'], restartable: true });
      const submission = trace.accepted('/scim/v2/provision/1/status');
      trace.looked(submission, { status: 200, body: statusOf([0, 0, 1]), variant: restartSteps.before });
      trace.blockedBy = 'not-restarted';
      return trace;
    },
  },
});
