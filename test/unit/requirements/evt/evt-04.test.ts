import { urn } from '../../../../schemas/names.js';
import { evt04 } from '../../../../suites/requirements/evt/evt-04.js';
import { proveRequirement } from '../../prove-requirement.js';
import { completionSet, created, EventTrace } from './event-trace.js';

/** A bulk request of two operations whose completion events have these txns. */
const told = (
  txns: string[],
  outcome: 'completed' | 'deadline' = 'completed',
  via: 'result' | 'poll' = 'result',
): EventTrace => {
  const trace = new EventTrace();
  const submission = trace.bulk(2);
  txns.forEach((txn, place) => trace.brings(submission, completionSet({ txn, jti: `jti-${place}` }), { via }));
  trace.settled(submission, outcome);
  return trace;
};

/** A request whose completion events have these claims and payloads. */
const ends = (
  shape: 'single' | 'bulk',
  ...events: [about: Record<string, unknown>, payload: unknown][]
): EventTrace => {
  const trace = new EventTrace();
  const submission = shape === 'bulk' ? trace.bulk(1) : trace.create();
  events.forEach(([about, payload], place) =>
    trace.brings(
      submission,
      completionSet({ txn: shape === 'bulk' ? 'txn:0' : 'txn', jti: `jti-${place}`, ...about }, payload),
    ),
  );
  trace.settled(submission, 'completed');
  return trace;
};

const failure = { method: 'POST', status: '503', response: { schemas: [urn.error], status: '503' } };
const at = (location: string) => ({ ...created, location });

const bare = (...operations: unknown[]): EventTrace => {
  const trace = new EventTrace();
  const submission = trace.bulk(2, { failOnErrors: 1 });
  trace.bringsBare(submission, { Operations: operations });
  trace.settled(submission, operations.length === 2 ? 'completed' : 'deadline');
  return trace;
};

proveRequirement(evt04, {
  right: {
    'one for each operation': () => told(['txn:0', 'txn:1']),
    'two that tell the same end of a single request': () => ends('single', [{}, created], [{}, created]),
  },
  wrong: {
    'event-missing': {
      'of a feed': () => told(['txn:0'], 'deadline', 'poll'),
      'at the result, although the feed was asked': () => {
        const trace = told(['txn:0'], 'deadline');
        trace.exchange('event-poll', 'POST /events/poll', { status: 200, body: { sets: {} } });
        return trace;
      },
    },
    'event-too-many': () => told(['txn:0', 'txn:1', 'txn:2']),
    'events-contradict': {
      '503 and 201 for an operation of a bulk request': () => ends('bulk', [{}, failure], [{}, created]),
      '503 and 201 for a single request': () => ends('single', [{}, failure], [{}, created]),
      '201 and then 503, with the bulkId': () =>
        ends('bulk', [{}, { ...created, bulkId: 'b0' }], [{}, { ...failure, bulkId: 'b0' }]),
      'a txn without its number, and the bulkId': () =>
        ends('bulk', [{ txn: 'txn' }, { ...created, bulkId: 'b0' }], [{ txn: 'txn' }, { ...failure, bulkId: 'b0' }]),
      'two resources for one create': () => ends('single', [{}, at('/Users/1')], [{}, at('/Users/2')]),
      'two methods': () => ends('single', [{}, created], [{}, { ...created, method: 'PUT' }]),
    },
  },
  legal: {
    'one is issued again with another jti (RFC 9967 §2.2)': () => told(['txn:0', 'txn:1', 'txn:1']),
    'it is issued again with fewer members and in other spelling (RFC 9967 §2.2)': () =>
      ends(
        'bulk',
        [{}, at('https://provider.example/scim/v2/Users/a%20b')],
        [{ iat: 9 }, { ...at('/Users/a b'), method: 'post', status: { code: '201' } }],
        [{}, created],
      ),
    'events of a bulk request that do not say of which operation, which EVT-03 judges': () => {
      const trace = new EventTrace();
      const submission = trace.bulk(2);
      for (const [place, payload] of [created, failure].entries())
        trace.brings(submission, completionSet({ txn: 'another', jti: `jti-${place}` }, payload));
      return trace;
    },
    'results without tokens, which are no events (profile §7, clarification 5)': () => bare(created, created),
  },
  open: {
    'RFC 9967 §2.5.1.1, §2.5.1.2: one of several events is at the result, and there is no feed': () =>
      told(['txn:0'], 'deadline'),
  },
  silent: {
    'the events of a slow provider, which still come at the deadline (LIFE-01)': () => {
      const trace = new EventTrace();
      const submission = trace.bulk(2, { date: 'Sun, 29 Nov 2026 12:00:00 GMT' });
      trace.brings(submission, completionSet({ txn: 'txn:0', iat: Date.UTC(2026, 10, 29, 12, 0, 1) / 1000 }), {
        via: 'poll',
      });
      trace.settled(submission, 'deadline');
      return trace;
    },
    'results without tokens that end where failOnErrors stopped (RFC 7644 §3.7)': () =>
      bare({ method: 'POST', status: '400' }),
    'nothing comes at all, which LIFE-01 judges': () => told([], 'deadline'),
    'a single request': () => {
      const trace = new EventTrace();
      const submission = trace.create();
      trace.brings(submission, completionSet());
      trace.settled(submission, 'completed');
      return trace;
    },
  },
});
