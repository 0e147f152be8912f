import { evt03 } from '../../../../suites/requirements/evt/evt-03.js';
import { proveRequirement } from '../../prove-requirement.js';
import { completionSet, created, EventTrace } from './event-trace.js';

/** A create whose completion event has this txn. */
const single = (txn: string): EventTrace => {
  const trace = new EventTrace();
  return trace.brings(trace.create(), completionSet({ txn }));
};

/** A bulk request whose completion events have these txns and payloads. */
const bulk = (...events: [txn: string, payload?: Record<string, unknown>][]): EventTrace => {
  const trace = new EventTrace();
  const submission = trace.bulk(events.length);
  for (const [txn, payload = created] of events) trace.brings(submission, completionSet({ txn }, payload));
  return trace;
};

/** A token that belongs to no request, while one waits or is done. */
const stray = (outcome: 'deadline' | 'completed'): EventTrace => {
  const trace = new EventTrace();
  const submission = trace.create();
  const by = trace.exchange('event-poll', 'POST https://events.example/', { status: 200 });
  trace.received(by, { claims: completionSet({ txn: 'another' }), via: 'poll', key: 'jti-1' });
  trace.settled(submission, outcome);
  return trace;
};

proveRequirement(evt03, {
  right: {
    'Set-Txn': () => single('txn'),
    'Set-Txn, a colon and the place': () =>
      bulk(['txn:0', { ...created, bulkId: 'b0' }], ['txn:1', { ...created, bulkId: 'b1' }]),
  },
  wrong: {
    'txn-not-set-txn': () => single('txn-2'),
    'counted-from-one': () => bulk(['txn:1'], ['txn:2']),
    'no-place-of-an-operation': () => bulk(['txn:0'], ['txn:b1']),
    'place-of-another-operation': () =>
      bulk(['txn:0', { ...created, bulkId: 'b1' }], ['txn:1', { ...created, bulkId: 'b0' }]),
    'txn-unknown': () => stray('deadline'),
  },
  legal: {
    'events in the order in which operations finish (RFC 9967 §2.5.1.2)': () => bulk(['txn:1'], ['txn:0']),
    'payloads without bulkId (RFC 7644 §3.7.3)': () => bulk(['txn:0'], ['txn:1']),
    'a method in lower case, which EVT-05 judges': () => bulk(['txn:0', { ...created, method: 'post' }], ['txn:1']),
  },
  silent: {
    'tokens of others, while nobody waits in vain (RFC 8936 §2)': () => stray('completed'),
    'results come without tokens': () => {
      const trace = new EventTrace();
      return trace.bringsBare(trace.create(), created);
    },
  },
});
