/** EVT-03 to EVT-05: the events that say how an asynchronous request ended. */
import { urn } from '../../schemas/names.js';
import type { Submission } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import { countsFromOne } from '../bindings/respond-async.js';
import { completionOf, readResultBody, suffixOf, txnOf } from '../security-events/security-event-token.js';
import { isObject, type JsonObject, textOf, withoutNulls } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from '../trace/trace-view.js';
import { clip, describeViolations, shown } from './describe.js';
import { completions, isBare, noToken, shownBy } from './evt-tokens.js';
import { judgeEach, notApplicable, together, type Finding, type Judge, type Judgement } from './judge.js';

/** txn equals Set-Txn; for bulk it is Set-Txn, a colon and the zero-based index. */
export const evt03: Judge = (trace) => {
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
};

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

/** One completion event for each operation of a bulk. */
export const evt04: Judge = (trace) =>
  judgeEach(
    trace.accepted().filter(({ submission }) => {
      const isSettled = trace.settlement(submission) !== undefined;
      // Where nothing came at all, it is LIFE-01's.
      const some = trace.completion(submission) !== undefined || resultsSeen(trace, submission).count > 0;
      return submission.shape === 'bulk' && isSettled && some;
    }),
    ({ submission, exchange }) => {
      const { count, last } = resultsSeen(trace, submission);
      const wanted = submission.operations.length;
      return count === wanted
        ? undefined
        : {
            expected: `${wanted} completion events, one for each operation`,
            actual: `there are ${count}`,
            exchanges: [exchange, ...(last === undefined ? [] : [last])],
          };
    },
  );

/** For how many operations there was a completion event, or a result without a token, and what brought the last. */
const resultsSeen = (trace: TraceView, submission: Submission): { count: number; last?: Answered } => {
  const events = completions(trace, submission);
  if (events.length > 0) {
    const last = trace.exchangeAt(events.at(-1)?.exchange ?? -1) as Answered;
    // A token that is issued again for the same operation has the same txn (RFC 9967 §2.2).
    const different = new Set(
      events.map(({ claims }) => {
        const payload = completionOf(claims);
        return `${txnOf(claims) ?? ''} ${isObject(payload) ? textOf(payload.bulkId) : ''}`;
      }),
    );
    return { count: different.size, last };
  }
  const last = trace.statusReads(submission).findLast(({ response }) => response.status === 200);
  return last === undefined ? { count: 0 } : { count: readResultBody(last.response.body).operations.length, last };
};

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** What is wrong with a bulk-response operation (RFC 7644 §3.7.3), as a clause; undefined where nothing is. */
const wrongOperation = (operation: unknown): Pick<Finding, 'expected' | 'actual'> | undefined => {
  const expected = 'a bulk-response operation as the payload';
  if (!isObject(operation)) return { expected, actual: `it is ${clip(JSON.stringify(operation))}` };
  const { method, status, response } = operation;
  if (typeof method !== 'string' || !methods.includes(method.toUpperCase()))
    return { expected: `${expected}, with its method`, actual: `method is ${shown(method)}` };
  if (typeof status !== 'string' || !/^[1-5]\d\d$/.test(status))
    return {
      expected: `${expected}, with the HTTP status as a string`,
      actual: `status is ${shown(status)}`,
    };
  if (Number(status) < 400) return undefined;
  const validation = validate('scim/error', withoutNulls(response));
  return validation.valid
    ? undefined
    : {
        expected: `the SCIM error (${urn.error}) in the response of an operation that failed`,
        actual: response === undefined ? 'there is none' : describeViolations(validation.violations),
      };
};

/** The payload is a bulk-response operation; on error it has response with a SCIM error. */
export const evt05: Judge = (trace) =>
  together(
    judgeEach(
      trace.tokens().filter(({ claims }) => completionOf(claims) !== undefined),
      (token) => {
        const wrong = wrongOperation(completionOf(token.claims));
        return wrong === undefined ? undefined : { ...wrong, exchanges: shownBy(trace, token) };
      },
    ),
    judgeEach(bareResults(trace), ({ operation, submission, read }) => {
      const wrong = wrongOperation(operation);
      return wrong === undefined ? undefined : { ...wrong, exchanges: [trace.asking(submission), read] };
    }),
  );

/** Results that came without a token. */
const bareResults = (trace: TraceView): { operation: JsonObject; submission: Submission; read: Answered }[] =>
  trace.accepted().flatMap(({ submission }) => {
    const read = trace.statusReads(submission).findLast(({ response }) => response.status === 200);
    return read === undefined
      ? []
      : readResultBody(read.response.body).operations.map((operation) => ({ operation, submission, read }));
  });
