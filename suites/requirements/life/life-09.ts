/** LIFE-09. A slow answer was held up by the large request only if that request was completed when the answer came. */
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import { asyncRequestOf } from '../../provider/security-events.js';
import {
  isUnserved,
  synchronousMeanwhile,
  synchronousMeanwhileSteps,
  triesMeanwhile,
} from '../../scenarios/lifecycle/synchronous-meanwhile.js';
import { isUnavailable, succeeded } from '../../trace/answers.js';
import { isStep, type Step } from '../../trace/step.js';
import { type Answered, isAnswered } from '../../trace/trace.js';
import type { TraceView } from '../../judging/trace-view.js';

type Code = 'no-answer' | 'refused-meanwhile' | 'held-up';

const steps = synchronousMeanwhileSteps;

/** Milliseconds that a request of the same method takes when nothing is pending. */
const idleTimeOf = (view: TraceView, { request: { method } }: Exchange): number | undefined =>
  view.variant(steps.idle, 'meanwhile').find(({ request }) => request.method === method)?.took;

/**
 * Whether the answer was much slower than one to the same request before. A provider whose asyncRequest is `long` may let
 * all writes wait.
 */
const wasHeldUp = (view: TraceView, exchange: Exchange): boolean => {
  const usual = idleTimeOf(view, exchange);
  return asyncRequestOf(view.target) !== 'long' && usual !== undefined && exchange.took > 5 * usual + 100;
};

const isOf =
  (method: string) =>
  ({ request }: Exchange): boolean =>
    request.method === method;

/**
 * The answers while the other request was pending. Throttled ones are left out, because RATE judges them, and so are those to
 * a method that the provider did not serve before either.
 */
const requestsMeanwhile = (view: TraceView): Answered[] =>
  view
    .variant(steps.pending, 'meanwhile')
    .filter((exchange) => !isUnavailable(exchange))
    .filter(({ request }) =>
      view.variant(steps.idle, 'meanwhile').some((idle) => isOf(request.method)(idle) && succeeded(idle)),
    );

/**
 * The last request of each method that was never served while the other one was pending, although the same was served
 * before, and again when the other one was completed. A limiter would not care about that.
 */
const unservedMeanwhile = (view: TraceView): Exchange[] => {
  const meanwhile = view
    .all()
    .filter((exchange) => exchange.purpose === 'meanwhile' && isStep(exchange, steps.pending));
  const isServed = (variant: Step, method: string): boolean =>
    view.variant(variant, 'meanwhile').some((exchange) => isOf(method)(exchange) && succeeded(exchange));
  return [...new Set(meanwhile.map(({ request }) => request.method))].flatMap((method) => {
    const tries = meanwhile.filter(isOf(method));
    const [last] = tries.slice(-1);
    const isNever = tries.length >= triesMeanwhile && tries.every(isUnserved);
    const isOtherwise = isServed(steps.idle, method) && isServed(steps.done, method);
    return last !== undefined && last.failure?.code !== 'interrupted' && isNever && isOtherwise ? [last] : [];
  });
};

export const life09 = defineRequirement({
  id: 'LIFE-09',
  since: '1.0',
  level: 'MUST',
  title: 'synchronous requests are served while asynchronous ones are pending',
  source: cite('P-B'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'While a nightly import of thousands of users runs, it may be necessary to lock one account immediately.',
      'If all other requests wait for the import, or fail, the asynchronous mode has made things worse.',
    ],
    tested: [
      'A bulk request of 100 creates (fewer if the limits are lower; one create if bulk is not served) is submitted, and while its status is pending, a user is read and replaced, and another one is created synchronously; and beside another such request, a user is patched, another one deleted, and a group created.',
      'Each of these has to be answered, and must not fail. A request that gets 503 or no answer is sent three times: it is a failure if it is never served while the other one is pending, but before and as soon as that is completed.',
      'If the large request was completed when such an answer came, the answer must not have taken longer than five times the time of the same request before plus 100 ms: otherwise it was held up.',
      'Other throttled answers are not judged, and a provider whose `asyncRequest` is `long` may let writes wait; inconclusive if the first read shows the large request completed.',
    ],
    fix: [
      'Look for something that the worker and the requests share: one lock, one thread, one transaction around the whole bulk request, or a connection pool that the worker exhausts.',
      'Commit after each operation or small batch, and give workers their own pool.',
    ],
  },
  codes: {
    'no-answer': 'a synchronous request gets no answer while an asynchronous one is pending',
    'refused-meanwhile': 'a synchronous request fails while an asynchronous one is pending',
    'held-up': 'a synchronous request is answered only when the asynchronous one is completed',
  },
  from: [synchronousMeanwhile],
  judge: (view) => {
    const submission = view.submissions()[0];
    const before = view.variant(steps.before, 'status-read')[0];
    const after = view.variant(steps.after, 'status-read')[0];
    if (submission === undefined || !view.isPending(before)) return together();
    // A fast answer proves something only if the large request was still pending afterwards.
    const judged = requestsMeanwhile(view).filter(
      (exchange) => view.isPending(after) || exchange.response.status >= 400 || wasHeldUp(view, exchange),
    );
    const aboutOf = ({ request: { method } }: Exchange) => `${method} while an asynchronous request is pending`;
    const evidenceOf = (exchange: Exchange): Exchange[] => [
      view.exchangeOf(submission),
      exchange,
      ...(after === undefined ? [] : [after]),
    ];
    const served = judgeEach(judged, (exchange): Finding<Code> | undefined => {
      const [about, exchanges] = [aboutOf(exchange), evidenceOf(exchange)];
      const { status } = exchange.response;
      if (status >= 400) {
        const actual = `the answer is ${status}`;
        return { code: 'refused-meanwhile', expected: `a ${about} to succeed`, actual, exchanges };
      }
      if (after === undefined || view.isPending(after) || !wasHeldUp(view, exchange)) return undefined;
      const usual = Math.round(idleTimeOf(view, exchange) ?? 0);
      return {
        code: 'held-up',
        expected: `a ${about} to be answered without waiting for it`,
        actual: `the answer took ${Math.round(exchange.took)} ms, until the other request was completed, and ${usual} ms before`,
        exchanges,
      };
    });
    const unserved = judgeEach(view.isPending(after) ? unservedMeanwhile(view) : [], (exchange): Finding<Code> => {
      const [about, exchanges] = [aboutOf(exchange), evidenceOf(exchange)];
      const actual = (what: string): string =>
        `${what}, each of ${triesMeanwhile} times, but not before and afterwards`;
      return isAnswered(exchange)
        ? {
            code: 'refused-meanwhile',
            expected: `a ${about} to succeed`,
            actual: actual('the answer is 503'),
            exchanges,
          }
        : {
            code: 'no-answer',
            expected: `an answer to a ${about}`,
            actual: actual(exchange.failure?.message ?? 'there is none'),
            exchanges,
          };
    });
    return together(served, unserved);
  },
});
