/** EVT-03. txn equals Set-Txn; for bulk it is Set-Txn, a colon and the zero-based index. */
import type { Submission } from '../../../schemas/types.js';
import { countsFromOne } from '../../bindings/respond-async.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, notApplicable, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf, suffixOf, txnOf } from '../../security-events/security-event-token.js';
import { isObject, textOf } from '../../trace/message.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { completions, isBare, noToken, shownBy } from './evt-tokens.js';

const judgeTxns = (trace: TraceView, submission: Submission): Judgement => {
  const { txn, shape, operations } = submission;
  if (txn === undefined) return together();
  const events = completions(trace, submission);
  const suffixes = events.map(({ claims }) => suffixOf(txnOf(claims), txn));
  const fromOne = shape === 'bulk' && countsFromOne(suffixes, operations.length);
  return judgeEach(events, (token, place): Finding | undefined => {
    const named = txnOf(token.claims);
    const fail = (expected: string, actual: string): Finding => ({
      expected,
      actual,
      exchanges: shownBy(trace, token),
    });
    if (shape === 'single') {
      return named === txn
        ? undefined
        : fail(`txn «${txn}», the Set-Txn of the 202`, `it is ${named === undefined ? 'absent' : `«${named}»`}`);
    }
    const suffix = suffixes[place];
    const expected = `txn «${txn}:» and the place of the operation, counted from 0`;
    if (fromOne) {
      return fail(
        expected,
        `they count from 1 («${named ?? ''}»): so do figures 16 to 19 of RFC 9967, but its §2.5.1.2 says zero-based, and the text binds (profile D12)`,
      );
    }
    if (suffix === undefined || suffix >= operations.length) return fail(expected, `it is «${named ?? 'absent'}»`);
    const payload = completionOf(token.claims);
    const operation = operations[suffix];
    if (!isObject(payload) || operation === undefined) return undefined;
    const isOther =
      (typeof payload.bulkId === 'string' && operation.bulkId !== undefined && payload.bulkId !== operation.bulkId) ||
      (typeof payload.method === 'string' && payload.method.toUpperCase() !== operation.method);
    return isOther
      ? fail(
          `«${named ?? ''}» on the event of operation ${suffix}, ${operation.method} ${operation.bulkId ?? operation.path}`,
          `it is on that of ${textOf(payload.method)} ${textOf(payload.bulkId)}`,
        )
      : undefined;
  });
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
      'While a request waits in vain, completion events with a `txn` that nobody was told are a finding as well.',
      'Counting from 1, as figures 16 to 19 of RFC 9967 do, fails: its text says zero-based.',
    ],
    fix: [
      'Store the value of `Set-Txn` with the job, and use it when the event is issued, instead of making a new one there.',
      'For bulk, append the index of the operation in the request: `txn:0`, `txn:1`; not the `bulkId`, and not the order in which operations finish.',
    ],
  },
  from: answered,
  judge: (trace) => {
    const strays = trace
      .tokens()
      .filter(({ claims, submission }) => submission === undefined && completionOf(claims) !== undefined);
    const awaited = trace.submissions().filter((submission) => trace.settlement(submission)?.outcome === 'deadline');
    const judgements = trace.accepted().map(({ submission }) => judgeTxns(trace, submission));
    return together(
      isBare(trace) ? notApplicable(noToken) : together(),
      judgeEach(awaited.length === 0 ? [] : strays, (token) => ({
        expected: 'completion events whose txn is the Set-Txn of a 202',
        actual: `one has «${txnOf(token.claims) ?? ''}», which nobody was told`,
        exchanges: [
          ...awaited.slice(0, 1).map((submission) => trace.asking(submission)),
          trace.exchangeAt(token.exchange),
        ],
      })),
      ...judgements,
    );
  },
});
