/** LIFE-09. A slow answer is held up only where the large request was completed by then. */
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import { asyncRequestOf } from '../../provider/security-events.js';
import { synchronousMeanwhile, synchronousMeanwhileSteps } from '../../scenarios/lifecycle/synchronous-meanwhile.js';
import { isUnavailable } from '../../trace/answers.js';
import { isStep } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';
import type { TraceView } from '../../judging/trace-view.js';

type Code = 'no-answer' | 'refused-meanwhile' | 'held-up';

const steps = synchronousMeanwhileSteps;

/** Milliseconds that the same takes where nothing is pending. */
const idleOf = (view: TraceView, { request: { method } }: Exchange): number | undefined =>
  view.variant(steps.idle, 'meanwhile').find(({ request }) => request.method === method)?.took;

/** Much slower than the same was before: held up until the other request was done. Who says `long` may let all writes wait. */
const wasHeldUp = (view: TraceView, exchange: Exchange): boolean => {
  const usual = idleOf(view, exchange);
  return asyncRequestOf(view.target) !== 'long' && usual !== undefined && exchange.took > 5 * usual + 100;
};

/** The requests that were made while the other one was pending. Enough is enough, whatever else is pending: RATE judges that. */
const meanwhileIn = (view: TraceView): Exchange[] =>
  view
    .all()
    .filter((exchange) => exchange.purpose === 'meanwhile' && isStep(exchange, steps.pending))
    .filter((exchange) => !isAnswered(exchange) || !isUnavailable(exchange));

export const life09 = defineRequirement({
  id: 'LIFE-09',
  since: '1.0',
  level: 'MUST',
  title: 'synchronous requests are served while asynchronous ones are pending',
  source: cite('P-B'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'While a nightly import of thousands of users runs, somebody has to be locked at once.',
      'Where all other requests wait for it, or fail, the asynchronous mode has made things worse.',
    ],
    tested: [
      'A bulk request of 100 creates (fewer where the limits are lower; one create where bulk is not served) is submitted, and while its status says pending, a user is read, replaced and another one created synchronously.',
      'None of these may fail or get no answer.',
      'Where the large request was completed by then, one of them may not have taken 100 ms more than five times what the same took before: it was held up.',
      'Throttled answers are not judged, and a provider whose `asyncRequest` is `long` may let writes wait; inconclusive where the large request is done at the first look.',
    ],
    fix: [
      'Look for what the worker and the requests share: one lock, one thread, one transaction around the whole bulk request, or a connection pool that the worker drains.',
      'Commit after each operation or small batch, and give workers a pool of their own.',
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
    // What was answered while the other was pending for sure, and what was not answered well at all.
    const telling = meanwhileIn(view).filter(
      (exchange) =>
        view.isPending(after) || !isAnswered(exchange) || exchange.response.status >= 400 || wasHeldUp(view, exchange),
    );
    return judgeEach(telling, (exchange): Finding<Code> | undefined => {
      const about = `${exchange.request.method} while an asynchronous request is pending`;
      const exchanges = [view.asking(submission), exchange, ...(after === undefined ? [] : [after])];
      if (!isAnswered(exchange)) {
        const actual = exchange.failure?.message ?? 'there is none';
        return { code: 'no-answer', expected: `an answer to a ${about}`, actual, exchanges };
      }
      const { status } = exchange.response;
      if (status >= 400) {
        const actual = `the answer is ${status}`;
        return { code: 'refused-meanwhile', expected: `success of a ${about}`, actual, exchanges };
      }
      if (after === undefined || view.isPending(after) || !wasHeldUp(view, exchange)) return undefined;
      const usual = Math.round(idleOf(view, exchange) ?? 0);
      return {
        code: 'held-up',
        expected: `a ${about} to be served meanwhile`,
        actual: `it took ${Math.round(exchange.took)} ms, until the other was completed, against ${usual} ms before`,
        exchanges,
      };
    });
  },
});
