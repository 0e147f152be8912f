/** PREF-04. Preference-Applied is a list, and each of its members may have a value and parameters (RFC 7240 §3). */
import { header, respondAsync } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import { manyAtOnce } from '../../scenarios/lifecycle/many-at-once.js';
import { preferSpellingSteps } from '../../scenarios/respond-async/prefer-spelling.js';
import { succeeded } from '../../trace/answers.js';
import { headerValue, responseHeader } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { preferring } from '../../scenarios/scenario-sets.js';

type Code = 'preference-applied-missing' | 'respond-async-not-applied' | 'applied-without-202';

const appliedIn = (exchange: Answered): string[] =>
  (responseHeader(exchange, header.preferenceApplied) ?? '')
    .split(',')
    .map((each) => each.split(/[;=]/)[0]?.trim().toLowerCase() ?? '');

const judgeAccepted: Judge<Code> = (trace) =>
  judgeEach(
    // A provider whose asyncRequest is `long` may answer 202 unasked: then there is no preference to apply.
    trace
      .accepted()
      .filter(({ exchange }) => headerValue(exchange.request.headers, header.prefer) !== undefined)
      .filter(({ exchange }) => preferSpellingSteps.other.valueOf(exchange) === undefined),
    ({ exchange }): Finding<Code> | undefined => {
      const value = responseHeader(exchange, header.preferenceApplied);
      return appliedIn(exchange).includes(respondAsync)
        ? undefined
        : {
            code: value === undefined ? 'preference-applied-missing' : 'respond-async-not-applied',
            expected: `${header.preferenceApplied}: ${respondAsync} on the 202`,
            actual: value === undefined ? 'the field is absent' : `it is «${value}»`,
            exchanges: [exchange],
          };
    },
  );

/** With `wait`, a provider that answered in time may say that it heard both preferences (RFC 7240 §4.3). */
const judgeDoneAtOnce: Judge<Code> = (trace) =>
  judgeEach(
    trace
      .answered()
      .filter(
        (exchange) => exchange.request.method !== 'GET' && succeeded(exchange) && exchange.response.status !== 202,
      )
      .filter(({ request }) => {
        const asked = headerValue(request.headers, header.prefer);
        return asked !== undefined && !/\bwait\b/i.test(asked);
      }),
    (exchange): Finding<Code> | undefined =>
      appliedIn(exchange).includes(respondAsync)
        ? {
            code: 'applied-without-202',
            level: 'SHOULD',
            expected: `no ${header.preferenceApplied}: ${respondAsync} on an answer that is not asynchronous`,
            actual: `it is on the ${exchange.response.status}`,
            exchanges: [exchange],
          }
        : undefined,
  );

export const pref04 = defineRequirement({
  id: 'PREF-04',
  since: '1.0',
  level: 'MUST',
  title: 'the 202 has `Preference-Applied: respond-async`',
  source: cite('RFC 9967 §2.5.1.1, RFC 7240 §3'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'From `Preference-Applied` a client knows that its preference was honoured, and that the result comes as RFC 9967 says.',
    ],
    tested: [
      'Every 202 to a request with the preference `respond-async` has to have `Preference-Applied` with `respond-async` among its values, in any letter case.',
      'Another answer of success to a request with a `Prefer` field, such as 201, should not have it: that is only a warning, and answers to `wait` are not judged.',
      'A 202 to a request without this preference (`asyncRequest` is `long`) is not judged.',
    ],
    fix: [
      'Send `Preference-Applied: respond-async` with the 202.',
      'Set the field where the 202 is made, not for every request that has `Prefer`.',
      'Name only the preferences that were applied: not the whole `Prefer` field, and `wait` only if it was honoured.',
    ],
  },
  codes: {
    'preference-applied-missing': 'the 202 has no Preference-Applied',
    'applied-without-202': 'an answer of another status than 202 says that respond-async was applied',
    'respond-async-not-applied': 'the Preference-Applied of the 202 does not name respond-async',
  },
  from: [...preferring, manyAtOnce],
  judge: (trace) => together(judgeAccepted(trace), judgeDoneAtOnce(trace)),
});
