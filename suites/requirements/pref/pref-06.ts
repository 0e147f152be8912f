/**
 * PREF-06. A provider may answer normally, and then Accept counts: only a request of a kind that it answers 202 is judged.
 * Only a 4xx shows that the provider checked Accept: a 5xx has other reasons.
 */
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { preferAccept, preferAcceptSteps } from '../../scenarios/respond-async/prefer-accept.js';
import { isStep } from '../../trace/step.js';

export const pref06 = defineRequirement({
  id: 'PREF-06',
  since: '1.0',
  level: 'MUST',
  title: '`Accept` is ignored for the asynchronous answer',
  source: cite('RFC 9967 §2.5.1.1'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'The 202 has no body, so there is no representation that `Accept` could choose.',
      'A 406 refuses a valid request.',
    ],
    tested: [
      'A create with `Prefer: respond-async` and the usual `Accept` shows whether the target answers it 202; if not, a bulk request is tried. The same is done with a PUT.',
      'The request that is answered 202 is sent again with `Accept` of `application/json`, `text/html`, `image/png`, `application/secevent+jwt` and `*/*;q=0.1`.',
      'None of these may be answered 4xx; a 5xx is left to ERR-09. Requests that the target answers normally are not judged, because `Accept` counts for a normal answer.',
    ],
    fix: [
      'Exclude requests with the preference from content negotiation: many frameworks check `Accept` before they call the handler, and answer 406.',
    ],
  },
  codes: { 'refused-because-of-accept': 'a request with the preference is refused because of its Accept' },
  from: [preferAccept],
  judge: (trace) => {
    const submissions = trace.submissions();
    const isAnsweredLater = ({ shape, operations: [operation] }: Submission): boolean =>
      submissions.some(
        (each) =>
          each.accepted &&
          each.shape === shape &&
          each.operations[0]?.method === operation?.method &&
          isStep(trace.exchangeOf(each), preferAcceptSteps.usual),
      );
    return judgeEach(
      submissions
        .filter(isAnsweredLater)
        .map((submission) => trace.exchangeOf(submission))
        .filter((exchange) => preferAcceptSteps.accept.valueOf(exchange) !== undefined),
      (exchange) =>
        exchange.response.status >= 400 && exchange.response.status < 500
          ? {
              code: 'refused-because-of-accept',
              expected: `an answer that ignores ${exchange.variant ?? 'Accept'}`,
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [exchange],
            }
          : undefined,
    );
  },
});
