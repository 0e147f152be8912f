/** LIFE-09. Synchronous requests are served while asynchronous ones are pending. */
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import { asyncRequestOf } from '../../provider/security-events.js';
import { synchronousMeanwhile } from '../../scenarios/lifecycle/synchronous-meanwhile.js';
import { isUnavailable } from '../../trace/answers.js';
import { type Answered, isAnswered } from '../../trace/trace.js';

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
  from: [synchronousMeanwhile],
  judge: (trace) => {
    const submission = trace.submissions()[0];
    if (submission === undefined) return together();
    const isPending = (exchange: Answered | undefined): boolean => trace.isPending(exchange);
    const before = trace.variant('before', 'status-read')[0];
    const after = trace.variant('after', 'status-read')[0];
    /** Milliseconds that the same takes where nothing is pending. */
    const idle = ({ request: { method } }: Exchange): number | undefined =>
      trace.variant('idle', 'meanwhile').find(({ request }) => request.method === method)?.took;
    const meanwhile = trace
      .all()
      .filter(({ purpose, variant }) => purpose === 'meanwhile' && variant === 'pending')
      // Enough is enough, whatever else is pending: RATE judges that.
      .filter((exchange) => !isAnswered(exchange) || !isUnavailable(exchange));
    if (!isPending(before)) return together();
    return judgeEach(
      // What was answered while the other was pending for sure, and what was not answered well at all.
      meanwhile.filter(
        (exchange) =>
          isPending(after) || !isAnswered(exchange) || exchange.response.status >= 400 || wasHeldUp(exchange),
      ),
      (exchange): Finding | undefined => {
        const about = `${exchange.request.method} while an asynchronous request is pending`;
        const exchanges = [trace.asking(submission), exchange, ...(after === undefined ? [] : [after])];
        if (!isAnswered(exchange)) {
          return {
            expected: `an answer to a ${about}`,
            actual: exchange.failure?.message ?? 'there is none',
            exchanges,
          };
        }
        const { status } = exchange.response;
        if (status >= 400) return { expected: `success of a ${about}`, actual: `the answer is ${status}`, exchanges };
        return after !== undefined && !isPending(after) && wasHeldUp(exchange)
          ? {
              expected: `a ${about} to be served meanwhile`,
              actual: `it took ${Math.round(exchange.took)} ms, until the other was completed, against ${Math.round(idle(exchange) ?? 0)} ms before`,
              exchanges,
            }
          : undefined;
      },
    );

    /** Much slower than the same was before: held up until the other request was done. Who says `long` may let all writes wait. */
    function wasHeldUp(exchange: Exchange): boolean {
      const usual = idle(exchange);
      return asyncRequestOf(trace.target) !== 'long' && usual !== undefined && exchange.took > 5 * usual + 100;
    }
  },
});
