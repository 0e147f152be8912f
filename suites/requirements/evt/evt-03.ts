/** EVT-03. RFC 9967 counts operations from 0 in its text and from 1 in its figures: the text is binding (profile D12). */
import type { ReceivedToken, Submission, SubmittedOperation } from '../../../schemas/types.js';
import { countsFromOne } from '../../bindings/respond-async.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Judgement, notApplicable, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf, suffixOf, txnOf } from '../../security-events/security-event-token.js';
import { isObject, type JsonObject, textOf } from '../../trace/message.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { completions, hasOnlyBareResults, noToken, exchangesOfToken, type TokenFault } from './each-token.js';

type Code =
  'txn-not-set-txn' | 'counted-from-one' | 'no-place-of-an-operation' | 'place-of-another-operation' | 'txn-unknown';

/** What is wrong with the txn of a completion event: a finding without its exchanges. */
type TxnFault = TokenFault<Code> | undefined;

const judgeSingle = (found: string | undefined, txn: string): TxnFault =>
  found === txn
    ? undefined
    : {
        code: 'txn-not-set-txn',
        expected: `txn «${txn}», the Set-Txn of the 202`,
        actual: `it is ${found === undefined ? 'absent' : `«${found}»`}`,
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
        actual: `it is on the event of ${textOf(payload.method)} ${textOf(payload.bulkId)}`,
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
      actual: `the txns count from 1 («${named ?? ''}»). Figures 16 to 19 of RFC 9967 do so, too, but its §2.5.1.2 says zero-based, and the text is binding (profile D12)`,
    };
  };
  return judgeEach(events, (token) => {
    const fault = judge(token);
    return fault === undefined ? undefined : { ...fault, exchanges: exchangesOfToken(trace, token) };
  });
};

/** Completion events with a txn that no 202 has announced. They are judged only if a request never got its event. */
const judgeStrays = (trace: TraceView): Judgement<Code> => {
  const strays = trace
    .tokens()
    .filter(({ claims, submission }) => submission === undefined && completionOf(claims) !== undefined);
  const unanswered = trace.submissions().filter((submission) => trace.settlement(submission)?.outcome === 'deadline');
  return judgeEach(unanswered.length === 0 ? [] : strays, (token) => ({
    code: 'txn-unknown',
    expected: 'completion events whose txn is the Set-Txn of a 202',
    actual: `one has «${txnOf(token.claims) ?? ''}», which is the Set-Txn of no 202`,
    exchanges: [
      ...unanswered.slice(0, 1).map((submission) => trace.exchangeOf(submission)),
      trace.exchangeAt(token.exchange),
    ],
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
      'From `txn` a client knows which of its requests, and which operation of a bulk request, an event is about.',
      'If it differs, the client waits for a result that has come long ago, or stores the result with another user.',
    ],
    tested: [
      'The completion event of a single request has to have the `Set-Txn` of its 202 as `txn`.',
      'The event of a bulk operation has to have the same value with a colon and the place of the operation, counted from 0; if the payload has `method` or `bulkId`, they have to be those of the operation at that place.',
      'If the event of a request never comes, a completion event whose `txn` is the Set-Txn of no 202 is a finding as well.',
      'Counting from 1, as in figures 16 to 19 of RFC 9967, is a failure: the text says zero-based.',
    ],
    fix: [
      'Store the value of `Set-Txn` with the job, and use it when the event is issued, instead of making a new one there.',
      'For bulk, append the index of the operation in the request: `txn:0`, `txn:1`; not the `bulkId`, and not the order in which operations finish.',
    ],
  },
  codes: {
    'txn-not-set-txn': 'the txn of a completion event is not the Set-Txn of its 202',
    'counted-from-one': 'the txns of a bulk request count its operations from 1',
    'no-place-of-an-operation': 'the txn of a bulk operation is not Set-Txn, a colon and the index of an operation',
    'place-of-another-operation': 'the txn of a bulk operation has the index of another operation',
    'txn-unknown': 'the txn of a completion event is the Set-Txn of no 202, while the event of a request never comes',
  },
  from: answered,
  judge: (trace) =>
    together(
      hasOnlyBareResults(trace) ? notApplicable(noToken) : together(),
      judgeStrays(trace),
      ...trace.accepted().map(({ submission }) => judgeTxns(trace, submission)),
    ),
});
