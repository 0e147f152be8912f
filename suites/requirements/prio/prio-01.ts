/**
 * PRIO-01. Nobody sees the queue of a provider: whether there is one shows when requests stay untouched for longer than it took
 * to submit them. Then the reads show who was completed first.
 */
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { countsOf } from '../../judging/status-members.js';
import { isRefused } from '../../judging/refused-options.js';
import type { TraceView } from '../../judging/trace-view.js';
import { priority, prioritySteps } from '../../scenarios/features/priority.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'options-refused': 'a bulk request with a priority is refused',
  'high-waits-for-low':
    'a bulk request of high priority is completed after those of low priority that were waiting before it',
};

type Code = keyof typeof codes;

interface Look {
  readonly exchange: Answered;
  readonly pending: number;
  readonly total: number;
}

/** An accepted request, and what reads showed of it. */
interface Request {
  readonly asked: Answered;
  readonly looks: readonly Look[];
}

const endOf = ({ at, took }: Answered): number => at + took;

const requestOf = (trace: TraceView, submission: Submission): Request => ({
  asked: trace.exchangeOf(submission),
  looks: trace.sightings(submission).flatMap(({ exchange, status, seen }) => {
    const counts = seen === 'read' ? countsOf(status) : undefined;
    return counts === undefined ? [] : [{ exchange, pending: counts.pending, total: counts.total }];
  }),
});

const requestsAt = (trace: TraceView, step: (typeof prioritySteps)['low']): Request[] =>
  trace
    .acceptances()
    .filter(({ exchange }) => isStep(exchange, step))
    .map(({ submission }) => requestOf(trace, submission));

/** The last read that showed it pending, and the first one that showed it completed. */
const lastPending = ({ looks }: Request): Answered | undefined =>
  looks.findLast(({ pending }) => pending > 0)?.exchange;
const firstDone = ({ looks }: Request): Answered | undefined => looks.find(({ pending }) => pending === 0)?.exchange;

/** Whether nothing of a request was done when another was accepted. */
const isUntouchedAt = ({ looks }: Request, { asked }: Request): boolean =>
  looks.some(({ exchange, pending, total }) => exchange.at >= endOf(asked) && pending === total && total > 0);

/** Whether the first was seen completed before the second was last seen pending. */
const isSeenBefore = (first: Request, second: Request): boolean => {
  const [done, pending] = [firstDone(first), lastPending(second)];
  return done !== undefined && pending !== undefined && endOf(done) <= pending.at;
};

/**
 * Whether the high one lags behind the low one by more than the time by which it was submitted later: if all requests ran at a
 * time, without a queue, it would lag by that time.
 */
const isLeftBehind = (low: Request, high: Request): boolean => {
  const [done, pending] = [firstDone(low), lastPending(high)];
  if (done === undefined || pending === undefined) return false;
  return pending.at - endOf(done) > endOf(high.asked) - low.asked.at;
};

interface Race {
  readonly high: Request;
  /** Those that were untouched when it was accepted. */
  readonly waiting: readonly Request[];
  /** Those of them that were completed long before it. */
  readonly ahead: readonly Request[];
  /** Those of them that were pending when it was completed. */
  readonly behind: readonly Request[];
}

const raceOf = (high: Request, lows: readonly Request[]): Race => {
  const waiting = lows.filter((low) => low.asked.n < high.asked.n && isUntouchedAt(low, high));
  return {
    high,
    waiting,
    ahead: waiting.filter((low) => isLeftBehind(low, high)),
    behind: waiting.filter((low) => isSeenBefore(high, low)),
  };
};

const goesFirst = ({ behind, waiting }: Race): boolean => behind.length >= 2 && behind.length * 2 >= waiting.length;

const waits = ({ behind, ahead, waiting }: Race): boolean =>
  behind.length === 0 && ahead.length >= 2 && ahead.length * 2 >= waiting.length;

const lateOf = ({ high, ahead, waiting }: Race): Finding<Code> | undefined => {
  const [low] = ahead;
  const shown = low === undefined ? [] : [low.asked, high.asked, firstDone(low), lastPending(high)];
  return {
    code: 'high-waits-for-low',
    expected: `a request of high priority to be completed before ${waiting.length} of low priority, which were untouched when it was accepted`,
    actual: `${ahead.length} of these are completed, and it is still pending`,
    exchanges: shown.filter((exchange) => exchange !== undefined),
  };
};

const judgeRaces = (trace: TraceView): Judgement<Code> => {
  const lows = requestsAt(trace, prioritySteps.low);
  const races = requestsAt(trace, prioritySteps.high).map((high) => raceOf(high, lows));
  const late = races.filter(waits);
  const decided = [...late, ...races.filter(goesFirst)];
  // One of them may be late by chance.
  const isLate = late.length >= 2 && late.length * 2 > races.length;
  return judgeEach(decided.slice(0, 1), () => (isLate && late[0] !== undefined ? lateOf(late[0]) : undefined));
};

const judgeRefused = (trace: TraceView): Judgement<Code> => {
  const refused = trace
    .submissions()
    .filter(({ accepted }) => !accepted)
    .map((submission) => trace.exchangeOf(submission))
    .filter(isRefused);
  return judgeEach(refused.slice(0, 1), (asked) => ({
    code: 'options-refused',
    expected: 'a bulk request with a priority to be accepted, because `features` lists `priority`',
    actual: `the answer is ${asked.response.status}`,
    exchanges: [asked],
  }));
};

export const prio01 = defineRequirement({
  id: 'PRIO-01',
  since: '1.0',
  level: 'SHOULD',
  title: 'with the queue full, `priority: high` requests complete before `low` ones submitted earlier',
  source: cite('P-D'),
  needs: { binding: 'request-mode', feature: 'priority' },
  guide: {
    why: ['A request that locks one account must not wait behind an import of ten thousand users.'],
    tested: [
      'Six bulk requests of 60 creates each (then of 240, if the provider is too fast) are submitted with `"priority": "low"`, and then three of one create with `"priority": "high"`; nothing else is in flight. The status of all of them is read in turn until those of high priority are completed.',
      'Compared are only requests of low priority of which nothing was done when the one of high priority had been accepted. The finding is that at least half of these were completed, and none was pending, when it was still pending, for two of the three; and that it lagged behind them by more than the time by which it was submitted later, because without a queue it would lag by that time.',
      'If no requests had to wait, because the provider is fast or has many workers, the outcome is inconclusive. Judged only if `features` lists `priority`; the outcome is at most a warning.',
    ],
    fix: [
      'Read `priority` (`low`, `normal`, `high`) from the bulk options, and let workers take the next operation by priority and then by age. Take operations one by one, not whole requests, so that a large request does not hold all workers.',
      'Let each eighth operation be the oldest one, whatever its priority, so that low ones are done in the end.',
      'Keep the order of the writes of one resource, whatever their priority.',
    ],
  },
  codes,
  from: [priority],
  judge: (trace) => together(judgeRefused(trace), judgeRaces(trace)),
});
