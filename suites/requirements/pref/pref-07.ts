/** PREF-07. The scenario runs alone, so that other requests do not make its writes slower. */
import { header } from '../../../schemas/names.js';
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { preferWait, preferWaitSteps } from '../../scenarios/respond-async/prefer-wait.js';
import { headerValue } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

/** A finding needs a request that was done within this part of the wait, so that small delays do not matter. */
const clearlyWithin = 0.5;

interface Waited {
  readonly submission: Submission;
  readonly exchange: Answered;
  /** Milliseconds from the request until the result was there. */
  readonly took: number;
}

/** Writes that were done, at once or after a 202. */
const waited = (trace: TraceView): Waited[] =>
  trace.submissions().flatMap((submission) => {
    const exchange = trace.exchangeOf(submission);
    const settlement = trace.settlement(submission);
    const isDone = submission.accepted ? settlement?.outcome === 'completed' : exchange.response.status < 300;
    return isDone && isStep(exchange, preferWaitSteps.waiting)
      ? [{ submission, exchange, took: exchange.took + (settlement?.waited ?? 0) }]
      : [];
  });

export const pref07 = defineRequirement({
  id: 'PREF-07',
  since: '1.0',
  level: 'SHOULD',
  title: '`wait=N` is honoured: a request done within N seconds answers normally',
  source: cite('RFC 9967 §2.5.1.1'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'With `wait` a client says how long it will wait for the normal answer, so that a short request needs no event and no poll.',
      'If it is ignored, every short request costs an event or a poll.',
    ],
    tested: [
      'A create and a PUT are sent alone with `Prefer: respond-async, wait=4`.',
      'If the answer is 202, and the result is there less than 2 seconds after the request was sent, the provider should have sent the normal answer; this is a warning.',
      'A request that takes longer is not judged.',
    ],
    fix: [
      'Start the work, wait for it up to N seconds, and answer normally if it is done by then; otherwise send the 202.',
      'If the provider cannot wait for its worker, let it do single writes synchronously if the client sends `wait`: they rarely take seconds.',
    ],
  },
  codes: { 'wait-ignored': 'the answer is 202 although the request is done long before the wait is over' },
  from: [preferWait],
  judge: (trace) =>
    judgeEach(waited(trace), ({ submission, exchange, took }) => {
      const seconds = Number(/wait=(\d+)/.exec(headerValue(exchange.request.headers, header.prefer) ?? '')?.[1]);
      return submission.accepted && took < seconds * 1000 * clearlyWithin
        ? {
            code: 'wait-ignored',
            expected: `the normal answer, because the request is done within the ${seconds} s of «wait»`,
            actual: `the answer is 202, and the result is there ${(took / 1000).toFixed(1)} s after the request`,
            exchanges: [exchange, ...trace.statusReads(submission).slice(-1)],
          }
        : undefined;
    }),
});
