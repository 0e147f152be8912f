/**
 * The rule of LIFE-04 that compares twins: equal users get the same write, one synchronously, another asynchronously, and
 * another in an asynchronous bulk request, and have to be equal afterwards.
 */
import type { Exchange, Submission } from '../../../schemas/types.js';
import { type Finding, type Judge, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { Completion, TraceView } from '../../judging/trace-view.js';
import { shapeOfWrites, twinDifference } from '../../judging/twins.js';
import { twinSteps as steps } from '../../scenarios/lifecycle/twin-writes.js';
import { isStep, type Step } from '../../trace/step.js';
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';

export type AlikeCode = 'attribute-differs' | 'search-differs' | 'name-not-set-free';

const readsOf = (trace: TraceView, mode: Step): readonly Answered[] => trace.variant(mode, 'read');

/** The write that was made in this mode; of several the last, because the others were refused. */
const writeOf = (trace: TraceView, mode: Step): Exchange | undefined =>
  trace.variant(mode, 'create', 'replace', 'patch', 'delete', 'submit').at(-1);

/** All attributes that were written to one of the twins. */
const writtenIn = (trace: TraceView): ReturnType<typeof shapeOfWrites> =>
  shapeOfWrites(trace.answered('create', 'replace', 'patch', 'submit'));

/** Compares the twin that was written asynchronously in this way with the one that was written synchronously. */
const judgeReads = (trace: TraceView, mode: Step): Judgement<AlikeCode> => {
  const [before, after] = [readsOf(trace, steps.synchronous), readsOf(trace, mode)];
  const again = readsOf(trace, steps.synchronousAgain);
  const [twin, asked] = [writeOf(trace, steps.synchronous), writeOf(trace, mode)];
  const written = writtenIn(trace);
  return judgeEach(
    after.flatMap((read, index) => {
      const other = before[index];
      return other === undefined ? [] : [{ read, other, third: again[index] }];
    }),
    ({ read, other, third }): Finding<AlikeCode> | undefined => {
      // CORE-03 judges a synchronous DELETE without effect.
      const isDeleted = asked?.request.method === 'DELETE' && read.request.url === asked.request.url;
      if (isDeleted && other.response.status !== 404) return undefined;
      const difference = twinDifference(other, read, written, third);
      return difference === undefined
        ? undefined
        : {
            code: 'attribute-differs',
            expected: `${difference.path} to be ${difference.one}, as after the same ${twin?.request.method ?? 'write'} made synchronously`,
            actual: `it is ${difference.other}${mode === steps.inBulk ? ' after a bulk request' : ''}`,
            exchanges: [...(twin === undefined ? [] : [twin]), other, ...(asked === undefined ? [] : [asked]), read],
          };
    },
  );
};

/** Both twins are searched for in the same order. */
const judgeSearches = (trace: TraceView, doneAt: number): Judgement<AlikeCode> => {
  const searches = trace.answered('search').filter((search) => countFound(search) !== undefined);
  const twin = writeOf(trace, steps.synchronous);
  // If the search index shows the synchronous twin late or never, the searches cannot be compared.
  const isIndexed = searches.every((search) => {
    const isAfter = twin !== undefined && search.n > twin.n && search.n < (trace.submissions()[0]?.n ?? Infinity);
    const isThere = search.subject === twin?.subject && twin?.request.method !== 'DELETE';
    return !isAfter || (countFound(search) ?? 0) > 0 === isThere;
  });
  if (!isIndexed) return together();
  const half = searches.length / 2;
  return judgeEach(
    Number.isInteger(half) ? searches.slice(half) : [],
    (search, index): Finding<AlikeCode> | undefined => {
      const other = searches[index];
      if (other === undefined || search.n < doneAt || countFound(other) === countFound(search)) return undefined;
      return {
        code: 'search-differs',
        expected: `a search for ${search.subject ?? ''} to find ${countFound(other) ?? 0}, as after the same write made synchronously`,
        actual: `it finds ${countFound(search) ?? 0}`,
        exchanges: [other, search],
      };
    },
  );
};

/** If the name is free after a synchronous DELETE, it has to be free after an asynchronous one, too (RFC 7644 §3.6). */
const judgeFreedName = (trace: TraceView): Judgement<AlikeCode> => {
  const [other] = trace.variant(steps.synchronousBefore, 'create');
  const [again] = trace.variant(steps.asynchronousBefore, 'create');
  const pairs = other?.response.status === 201 && again !== undefined ? [again] : [];
  return judgeEach(pairs, (exchange) =>
    exchange.response.status === 201
      ? undefined
      : {
          code: 'name-not-set-free',
          expected: '201 to a create with the name of a deleted user, as after a synchronous DELETE',
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [...(other === undefined ? [] : [other]), exchange],
        },
  );
};

/** The completion of a request all of whose operations succeeded: LIFE-06 judges failures, and LIFE-01 one without an end. */
const successOf = (trace: TraceView, submission: Submission | undefined): Completion | undefined => {
  const done = submission === undefined ? undefined : trace.completion(submission);
  return done?.results.every(({ status }) => Number(status) >= 200 && Number(status) < 300) === true ? done : undefined;
};

export const judgeTwins: Judge<AlikeCode> = (trace) => {
  // Reads and searches are compared by their places, and a missing one (its body was too long) would shift them.
  if (trace.hasCut()) return together();
  // A provider may answer a long request 202 unasked (RFC 9967 §4): then there is nothing to compare with.
  if (writeOf(trace, steps.synchronous)?.response?.status === 202) return together();
  const isInBulk = (submission: Submission): boolean => isStep(trace.exchangeOf(submission), steps.inBulk);
  const alone = successOf(
    trace,
    trace.submissions().find((each) => !isInBulk(each)),
  );
  const inBulk = successOf(trace, trace.submissions().find(isInBulk));
  return together(
    ...(alone === undefined
      ? []
      : [judgeReads(trace, steps.asynchronous), judgeSearches(trace, alone.poll.n), judgeFreedName(trace)]),
    ...(inBulk === undefined ? [] : [judgeReads(trace, steps.inBulk)]),
  );
};
