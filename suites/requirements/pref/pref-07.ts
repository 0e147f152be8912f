/** PREF-07. `wait=N` is honoured: a request done within N seconds answers normally. */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { preferWait } from '../../scenarios/respond-async/prefer-wait.js';
import { headerValue } from '../../trace/message.js';

/** Part of the wait within which a request is done for sure. */
const well = 0.5;

export const pref07 = defineRequirement({
  id: 'PREF-07',
  since: '1.0',
  level: 'SHOULD',
  title: '`wait=N` is honoured: a request done within N seconds answers normally',
  source: cite('RFC 9967 §2.5.1.1'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'With `wait` a client says how long it is ready to wait for the normal answer, which spares both sides the detour.',
      'Where it is ignored, every short request costs an event or a poll.',
    ],
    tested: [
      'A create and a PUT are sent alone with `Prefer: respond-async, wait=4`.',
      'Where the answer is 202, and the result is there less than 2 seconds after the request was sent, the normal answer should have been given: a warning.',
      'What takes longer is not judged.',
    ],
    fix: [
      'Start the work, wait for it up to N seconds, and answer normally if it is done by then; otherwise send the 202.',
      'Or, where that is not wanted, decide by a guess: a single write rarely takes seconds.',
    ],
  },
  from: [preferWait],
  judge: (trace) =>
    judgeEach(
      trace.submissions().filter((submission) => {
        const isLate = submission.accepted && trace.settlement(submission)?.outcome !== 'completed';
        return trace.asking(submission).variant === 'wait' && !isLate && trace.asking(submission).response.status < 300;
      }),
      (submission) => {
        const exchange = trace.asking(submission);
        const settlement = trace.settlement(submission);
        const seconds = Number(/wait=(\d+)/.exec(headerValue(exchange.request.headers, header.prefer) ?? '')?.[1]);
        const took = exchange.took + (settlement?.waited ?? 0);
        return submission.accepted && took < seconds * 1000 * well
          ? {
              expected: `the normal answer, because the request is done within the ${seconds} s of «wait»`,
              actual: `the answer is 202, and ${(took / 1000).toFixed(1)} s after it was asked the result is there`,
              exchanges: [exchange, ...trace.statusReads(submission).slice(-1)],
            }
          : undefined;
      },
    ),
});
