/** EVT-03. RFC 9967 counts from 0 in its text and from 1 in its figures: the text binds (profile D12). */
import type { ReceivedToken, Submission, SubmittedOperation } from '../../../schemas/types.js';
import { countsFromOne } from '../../bindings/respond-async.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Judgement, notApplicable, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf, suffixOf, txnOf } from '../../security-events/security-event-token.js';
import { isObject, type JsonObject, textOf } from '../../trace/message.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { completions, isBare, noToken, shownBy, type TokenFault } from './each-token.js';

type Code =
  'txn-not-set-txn' | 'counted-from-one' | 'no-place-of-an-operation' | 'place-of-another-operation' | 'txn-unknown';

/** What is wrong with the txn of a completion event; it is a finding with the exchanges that show the event. */
type TxnFault = TokenFault<Code> | undefined;

const judgeSingle = (named: string | undefined, txn: string): TxnFault =>
  named === txn
    ? undefined
    : {
        code: 'txn-not-set-txn',
        expected: `txn «${txn}», the Set-Txn of the 202`,
        actual: `it is ${named === undefined ? 'absent' : `«${named}»`}`,
      };

/** Whether the payload says that it is the result of another operation than the one at this place. */
const isOfAnother = (payload: JsonObject, { method, bulkId }: SubmittedOperation): boolean =>
  (typeof payload.bulkId === 'string' && bulkId !== undefined && payload.bulkId !== bulkId) ||
  (typeof payload.method === 'string' && payload.method.toUpperCase() !== method);

const expectedOfBulk = (txn: string): string => `txn «${txn}:» and the place of the operation, counted from 0`;

const judgeOperation = ({ claims }: ReceivedToken, txn: string, operations: Submission['operations']): TxnFault => {
  const named = txnOf(claims);
  const suffix = suffixOf(named, txn);
  const operation = suffix === undefined ? undefined : operations[suffix];
  if (suffix === undefined || operation === undefined)
    return {
      code: 'no-place-of-an-operation',
      expected: expectedOfBulk(txn),
      actual: `it is «${named ?? 'absent'}»`,
    };
  const payload = completionOf(claims);
  return isObject(payload) && isOfAnother(payload, operation)
    ? {
        code: 'place-of-another-operation',
        expected: `«${named ?? ''}» on the event of operation ${suffix}, ${operation.method} ${operation.bulkId ?? operation.path}`,
        actual: `it is on that of ${textOf(payload.method)} ${textOf(payload.bulkId)}`,
      }
    : undefined;
};

const judgeTxns = (trace: TraceView, submission: Submission): Judgement<Code> => {
  const { txn, shape, operations } = submission;
  if (txn === undefined) return together();
  const events = completions(trace, submission);
  const suffixes = events.map(({ claims }) => suffixOf(txnOf(claims), txn));
  const fromOne = shape === 'bulk' && countsFromOne(suffixes, operations.length);
  const judge = (token: ReceivedToken): TxnFault => {
    const named = txnOf(token.claims);
    if (shape === 'single') return judgeSingle(named, txn);
    if (!fromOne) return judgeOperation(token, txn, operations);
    return {
      code: 'counted-from-one',
      expected: expectedOfBulk(txn),
      actual: `they count from 1 («${named ?? ''}»): so do figures 16 to 19 of RFC 9967, but its §2.5.1.2 says zero-based, and the text binds (profile D12)`,
    };
  };
  return judgeEach(events, (token) => {
    const fault = judge(token);
    return fault === undefined ? undefined : { ...fault, exchanges: shownBy(trace, token) };
  });
};

/** Completion events with a txn that nobody was told: they count where a request waits in vain. */
const judgeStrays = (trace: TraceView): Judgement<Code> => {
  const strays = trace
    .tokens()
    .filter(({ claims, submission }) => submission === undefined && completionOf(claims) !== undefined);
  const awaited = trace.submissions().filter((submission) => trace.settlement(submission)?.outcome === 'deadline');
  return judgeEach(awaited.length === 0 ? [] : strays, (token) => ({
    code: 'txn-unknown',
    expected: 'completion events whose txn is the Set-Txn of a 202',
    actual: `one has «${txnOf(token.claims) ?? ''}», which nobody was told`,
    exchanges: [...awaited.slice(0, 1).map((submission) => trace.asking(submission)), trace.exchangeAt(token.exchange)],
  }));
};

export const evt03 = defineRequirement({
  id: 'EVT-03',
  since: '1.0',
  level: 'MUST',
  title: '`txn` equals `Set-Txn`; for bulk it is `Set-Txn`, a colon and the zero-based index',
  source: cite('RFC 9967 §2.5.1.2, RFC 9967 §2.5.1.3'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'By `txn` a client knows which of its requests, and which operation of a bulk request, an event is about.',
      'Where it differs, the client waits for a result that has come long ago, or files it under another user.',
    ],
    tested: [
      'The completion event of a single request has to have the `Set-Txn` of its 202 as `txn`.',
      'That of a bulk operation has to have it with a colon and the place of the operation, counted from 0; where the payload has `method` or `bulkId`, they have to be those of the operation at that place.',
      'While a request waits in vain, a completion event whose `txn` was the Set-Txn of no 202 is a finding as well.',
      'Counting from 1, as figures 16 to 19 of RFC 9967 do, fails: its text says zero-based.',
    ],
    fix: [
      'Store the value of `Set-Txn` with the job, and use it when the event is issued, instead of making a new one there.',
      'For bulk, append the index of the operation in the request: `txn:0`, `txn:1`; not the `bulkId`, and not the order in which operations finish.',
    ],
  },
  codes: {
    'txn-not-set-txn': 'the txn of a completion event is not the Set-Txn of its 202',
    'counted-from-one': 'the txns of a bulk request count its operations from 1',
    'no-place-of-an-operation': 'the txn of a bulk operation is not Set-Txn, a colon and the place of an operation',
    'place-of-another-operation': 'the txn of a bulk operation has the place of another operation',
    'txn-unknown': 'a completion event has a txn that no 202 has told, while a request waits in vain',
  },
  from: answered,
  judge: (trace) =>
    together(
      isBare(trace) ? notApplicable(noToken) : together(),
      judgeStrays(trace),
      ...trace.accepted().map(({ submission }) => judgeTxns(trace, submission)),
    ),
});
