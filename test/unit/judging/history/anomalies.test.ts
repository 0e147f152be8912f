import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { anomaliesOf } from '../../../../suites/judging/history/anomalies.js';
import { historyOf, type Write } from '../../../../suites/judging/history/history.js';
import { TraceView } from '../../../../suites/judging/trace-view.js';
import { wordedUser } from '../../../../suites/generators/worded.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { traceOfHistory } from './trace-of-history.js';
import {
  actorsOf,
  enact,
  looksOf,
  plans,
  resource,
  wordBefore,
  wordOf,
  type Made,
  type Size,
} from './generated-history.js';
import { mischiefs, tails } from './lies.js';

const size: Size = {
  requests: 6,
  bulk: 3,
  reads: 6,
  within: 80,
  lasting: 30,
  methods: ['PUT', 'PATCH'],
};

/** Every other write that stands alone is asynchronous. */
const isAsynchronous = ({ word = '' }: Write): boolean => word.length > 0 && word.charCodeAt(word.length - 1) % 2 === 0;

const quietFrom = 1000;

const viewOf = (trace: HandMadeTrace): TraceView => new TraceView(trace.at('0'));

const viewOfHistory = ({ writes, reads }: Made): TraceView => viewOf(traceOfHistory(writes, reads, isAsynchronous));

void t.test('a trace shows the writes and reads that made it', (t) => {
  fc.assert(
    fc.property(plans({ ...size, methods: ['PUT', 'PATCH', 'DELETE'] }), (plan) => {
      const { writes, reads } = enact(actorsOf(plan), looksOf(plan));
      const history = historyOf(viewOfHistory({ writes, reads }));
      const picture = ({ method, word, outcome, start, end, index }: Write): string =>
        [method, word, outcome, start, end, index].join(' ');
      assert.deepEqual(history.writes.map(picture).sort(), writes.map(picture).sort());
      assert.deepEqual(
        history.reads.map(({ present, words, start, end }) => ({ present, words, start, end })),
        reads.map(({ present, words, start, end }) => ({ present, words, start, end })),
      );
    }),
    { numRuns: 200 },
  );
  t.end();
});

void t.test('an honest trace has no anomaly', (t) => {
  fc.assert(
    fc.property(plans({ ...size, methods: ['PUT', 'PATCH', 'DELETE'] }), (plan) => {
      const { writes, reads } = enact(actorsOf(plan), looksOf(plan));
      assert.deepEqual(anomaliesOf(viewOfHistory({ writes, reads })), []);
    }),
    { numRuns: 300 },
  );
  t.end();
});

void t.test('a false answer is one anomaly: its kind, the write, and the first read that shows it', (t) => {
  fc.assert(
    fc.property(plans(size), fc.constantFrom(...mischiefs), (plan, mischief) => {
      const { actors, looks, diagnosis, liar } = tails[mischief](quietFrom);
      const { writes, reads } = enact([...actorsOf(plan), ...actors], [...looksOf(plan), ...looks]);
      const found = anomaliesOf(viewOfHistory({ writes, reads }));
      assert.deepEqual(
        found.map(({ kind }) => kind),
        [diagnosis],
      );
      const [anomaly] = found;
      assert.equal(anomaly?.resource, resource);
      if (liar !== undefined) assert.equal(anomaly.write?.word, liar.write.word);
      // Two reads make the last one contradict the one before; where there is one, that is it.
      const telling = mischief === 'late' ? looks[0] : looks.at(-1);
      assert.equal(anomaly.read.start, telling?.start);
    }),
    { numRuns: 300 },
  );
  t.end();
});

/** Two honest writes, and then a look at the user that shows these names. */
const shown = (names: { givenName: string; displayName?: string } | 'gone'): HandMadeTrace => {
  const { actors, looks } = tails.none(quietFrom);
  const { writes, reads } = enact(actors, looks);
  const trace = traceOfHistory(writes, reads, isAsynchronous);
  const { givenName, displayName = givenName } = names === 'gone' ? { givenName: '' } : names;
  const body = { ...wordedUser('somebody@example.com', givenName), displayName };
  const answer = names === 'gone' ? { status: 404 } : { status: 200, body };
  trace.exchange('read', `GET ${resource}`, { at: quietFrom + 60, took: 5, ...answer });
  return trace;
};

/** A synchronous write of another user, of which this is what is known. */
const elsewhere = (trace: HandMadeTrace, word: string, answer: { status?: number; body?: unknown }): HandMadeTrace => {
  const sent = wordedUser('other@example.com', word);
  trace.exchange('create', 'POST /Users', { at: quietFrom, took: 5, sent, ...answer });
  return trace;
};

const kindsOf = (trace: HandMadeTrace): string[] => anomaliesOf(viewOf(trace)).map(({ kind }) => kind);

void t.test('a word that was written to another user is foreign, and that of a failed write is applied', (t) => {
  const word = wordOf(77);
  t.strictSame(kindsOf(elsewhere(shown({ givenName: word }), word, { status: 201, body: { id: '2' } })), ['foreign']);
  t.strictSame(kindsOf(elsewhere(shown({ givenName: word }), word, { status: 409 })), ['failure-applied']);
  t.end();
});

void t.test('a create with an unknown result has certainly not made another user', (t) => {
  const word = wordOf(77);
  t.strictSame(kindsOf(elsewhere(shown({ givenName: word }), word, {})), ['unexplained']);
  t.end();
});

void t.test('a value that no request wrote is unexplained', (t) => {
  t.strictSame(kindsOf(shown({ givenName: wordBefore })), ['unexplained']);
  t.end();
});

void t.test('half a write says nothing here: what it shows is of two writes (LIFE-08)', (t) => {
  t.strictSame(kindsOf(shown({ givenName: wordOf(1001), displayName: wordOf(1002) })), []);
  t.end();
});

void t.test('a user that disappears without a delete is lost', (t) => {
  t.strictSame(kindsOf(shown('gone')), ['unexplained']);
  t.end();
});
