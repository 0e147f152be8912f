import { evt04 } from '../../../../suites/requirements/evt/evt-04.js';
import { proveRequirement } from '../../prove-requirement.js';
import { completionSet, created, EventTrace } from './event-trace.js';

/** A bulk request of two operations whose completion events have these txns. */
const told = (txns: string[], outcome: 'completed' | 'deadline' = 'completed'): EventTrace => {
  const trace = new EventTrace();
  const submission = trace.bulk(2);
  txns.forEach((txn, place) => trace.brings(submission, completionSet({ txn, jti: `jti-${place}` })));
  trace.settled(submission, outcome);
  return trace;
};

const bare = (...operations: unknown[]): EventTrace => {
  const trace = new EventTrace();
  const submission = trace.bulk(2, { failOnErrors: 1 });
  trace.bringsBare(submission, { Operations: operations });
  trace.settled(submission, operations.length === 2 ? 'completed' : 'deadline');
  return trace;
};

proveRequirement(evt04, {
  right: { 'one for each operation': () => told(['txn:0', 'txn:1']) },
  wrong: {
    'event-missing': () => told(['txn:0'], 'deadline'),
    'event-too-many': () => told(['txn:0', 'txn:1', 'txn:2']),
  },
  legal: {
    'one is issued again with another jti (RFC 9967 §2.2)': () => told(['txn:0', 'txn:1', 'txn:1']),
    'results without tokens, which are no events (profile §7, clarification 5)': () => bare(created, created),
  },
  silent: {
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
