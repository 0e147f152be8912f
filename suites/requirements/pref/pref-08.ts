/** PREF-08. HEAD is judged like GET: a success of either shows a client without a credential that there is a result. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable } from '../../judging/judge.js';
import { resultAccess } from '../../scenarios/respond-async/result-access.js';

export const pref08 = defineRequirement({
  id: 'PREF-08',
  since: '1.0',
  level: 'MUST',
  title: 'the URI where the result is fetched needs a credential',
  source: cite('RFC 9967 §5'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'The result names accounts and what was done to them.',
      'If its URL is enough to read it, everybody who sees a log can read it.',
    ],
    tested: [
      'The result of a create is requested by GET and HEAD, without a credential and with a bad one, right after the 202 and when it is completed.',
      'No answer may have a status below 300.',
      'Skipped if the 202 has no URI of a result.',
    ],
    fix: [
      'Put the route of results behind the same authentication as all others, HEAD included, and return a result only to the client that sent the request.',
      'A URL that is hard to guess is not enough protection; answer 401 before you check whether there is a result.',
    ],
  },
  codes: {
    'open-to-anybody': 'the result can be fetched without a credential',
    'open-to-a-bad-credential': 'the result can be fetched with a bad credential',
  },
  from: [resultAccess],
  looksAt: 'any',
  judge: (trace) => {
    const tried = trace.answered('result-access');
    const accepted = trace.accepted();
    if (
      tried.length === 0 &&
      accepted.length > 0 &&
      accepted.every(({ submission }) => submission.location === undefined)
    )
      return notApplicable('The 202 names no URI of a result.');
    return judgeEach(tried, (exchange) =>
      exchange.response.status < 300
        ? {
            code: exchange.credential === 'none' ? 'open-to-anybody' : 'open-to-a-bad-credential',
            expected: `a refusal of ${exchange.request.method} of the result with ${exchange.credential === 'none' ? 'no' : 'a bad'} credential (${exchange.variant ?? ''})`,
            actual: `the answer is ${exchange.response.status}`,
            exchanges: [exchange],
          }
        : undefined,
    );
  },
});
