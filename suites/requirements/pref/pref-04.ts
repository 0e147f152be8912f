/** PREF-04. Preference-Applied is a list, and each of its members may have a value and parameters (RFC 7240 §3). */
import { header, respondAsync } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { manyAtOnce } from '../../scenarios/lifecycle/many-at-once.js';
import { preferSpellingSteps } from '../../scenarios/respond-async/prefer-spelling.js';
import { headerValue, responseHeader } from '../../trace/message.js';
import { preferring } from '../../scenarios/scenario-sets.js';

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
      'A 202 to a request without this preference (`asyncRequest` is `long`) is not judged.',
    ],
    fix: [
      'Send `Preference-Applied: respond-async` with the 202.',
      'Name only the preferences that were applied: not the whole `Prefer` field, and `wait` only if it was honoured.',
    ],
  },
  codes: {
    'preference-applied-missing': 'the 202 has no Preference-Applied',
    'respond-async-not-applied': 'the Preference-Applied of the 202 does not name respond-async',
  },
  from: [...preferring, manyAtOnce],
  judge: (trace) =>
    judgeEach(
      // A provider whose asyncRequest is `long` may answer 202 unasked: then there is no preference to apply.
      trace
        .accepted()
        .filter(({ exchange }) => headerValue(exchange.request.headers, header.prefer) !== undefined)
        .filter(({ exchange }) => preferSpellingSteps.other.valueOf(exchange) === undefined),
      ({ exchange }) => {
        const value = responseHeader(exchange, header.preferenceApplied);
        const applied = (value ?? '').split(',').map((each) => each.split(/[;=]/)[0]?.trim().toLowerCase());
        return applied.includes(respondAsync)
          ? undefined
          : {
              code: value === undefined ? 'preference-applied-missing' : 'respond-async-not-applied',
              expected: `${header.preferenceApplied}: ${respondAsync} on the 202`,
              actual: value === undefined ? 'the field is absent' : `it is «${value}»`,
              exchanges: [exchange],
            };
      },
    ),
});
