/**
 * DISC-04. If securityEvents is absent, no request should be answered 202. RFC 9967 contradicts itself on whether a
 * provider that advertises `request` may answer normally: that is reported as an ambiguity.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Ambiguity, type Finding, judgeEach, notApplicable } from '../../judging/judge.js';
import { asyncRequestOf } from '../../provider/security-events.js';
import type { TraceView } from '../../judging/trace-view.js';
import { preferAsAdvertised, preferAsAdvertisedSteps } from '../../scenarios/respond-async/prefer-as-advertised.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'none-answers-202': 'asyncRequest is «none», but a request with Prefer: respond-async is answered 202',
  'not-advertised': 'requests with Prefer: respond-async are answered 202, but there is no securityEvents',
};

const disagreement = ({ target }: TraceView, exchange: Answered): Finding<keyof typeof codes> | undefined => {
  if (exchange.response.status !== 202) return undefined;
  const asyncRequest = asyncRequestOf(target);
  if (asyncRequest === 'none') {
    return {
      code: 'none-answers-202',
      expected: 'a synchronous answer, because securityEvents.asyncRequest is «none»',
      actual: 'the answer is 202',
      exchanges: [exchange],
    };
  }
  return asyncRequest !== undefined || target.asyncRequestElsewhere !== undefined
    ? undefined
    : {
        code: 'not-advertised',
        level: 'SHOULD',
        expected: 'securityEvents in ServiceProviderConfig, because requests are answered asynchronously',
        actual: 'it is absent',
        exchanges: [exchange],
      };
};

export const disc04 = defineRequirement({
  id: 'DISC-04',
  since: '1.0',
  level: 'MUST',
  title: '`asyncRequest` agrees with the behaviour: `none` never answers 202 to `Prefer: respond-async`',
  source: cite('RFC 9967 §4'),
  needs: {},
  guide: {
    why: [
      'A client that reads `none` does not expect a 202: it believes that the user was created, and finds no `id`.',
      'A client that finds no `securityEvents` never asks for an asynchronous answer.',
    ],
    tested: [
      'One `POST /Users` is sent with `Prefer: respond-async`, whatever is advertised.',
      'If `securityEvents.asyncRequest` is `none`, a 202 fails; if `securityEvents` is absent, a 202 is a warning.',
      'If it is `request` and the answer is the normal one, the outcome is ambiguous: RFC 9967 §4 can be read as a demand for 202, but its §2.5.1.1 lets a provider answer normally.',
      'If nothing is advertised and the preference is not honoured, the requirement is skipped.',
    ],
    fix: [
      'Make the advertisement and the behaviour depend on one setting.',
      'If requests are answered 202 when a client prefers it, advertise `request`; if the provider itself decides which requests take long, advertise `long`; if it never answers 202, advertise `none` and ignore the preference.',
    ],
  },
  codes,
  from: [preferAsAdvertised],
  judge: (trace) => {
    const creates = trace.variant(preferAsAdvertisedSteps.respondAsync, 'create');
    if (creates.length === 0)
      return notApplicable('securityEvents is not advertised, and respond-async is not served.');
    const normal = creates.find(({ response: { status } }) => status >= 200 && status < 300 && status !== 202);
    const judgement = judgeEach(creates, (exchange) => disagreement(trace, exchange));
    if (asyncRequestOf(trace.target) !== 'request' || normal === undefined) return judgement;
    const ambiguity: Ambiguity = {
      point: 'whether a provider whose asyncRequest is «request» has to answer 202 when a client prefers it',
      readings: ['yes, by RFC 9967 §4', 'no, by its §2.5.1.1, which lets the provider answer normally'],
      seen: `answers ${normal.response.status}`,
    };
    return { ...judgement, ambiguities: [ambiguity] };
  },
});
