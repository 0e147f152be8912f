/** PREF-06. Only a 4xx shows that the provider checked Accept: a 5xx has other reasons. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { preferAccept } from '../../scenarios/respond-async/prefer-accept.js';

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
      'Creates with `Prefer: respond-async` are sent with `Accept` of `application/json`, `text/html`, `image/png`, `application/secevent+jwt` and `*/*;q=0.1`.',
      'None may be answered 4xx; a 5xx is left to ERR-09.',
    ],
    fix: [
      'Exclude requests with the preference from content negotiation: many frameworks check `Accept` before they call the handler, and answer 406.',
    ],
  },
  codes: { 'refused-because-of-accept': 'a request with the preference is refused because of its Accept' },
  from: [preferAccept],
  judge: (trace) =>
    judgeEach(
      trace.submissions().map((submission) => trace.exchangeOf(submission)),
      (exchange) =>
        exchange.response.status >= 400 && exchange.response.status < 500
          ? {
              code: 'refused-because-of-accept',
              expected: `an answer that ignores ${exchange.variant ?? 'Accept'}`,
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [exchange],
            }
          : undefined,
    ),
});
