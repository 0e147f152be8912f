/** PREF-09. A 202 without the marks of RFC 9967 is MODE-02's, where the target serves that binding, too. */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable } from '../../judging/judge.js';
import { asyncRequestOf } from '../../provider/security-events.js';
import { eventPoll } from '../../scenarios/respond-async/event-poll.js';
import { eventPush } from '../../scenarios/respond-async/event-push.js';
import { resourceLifecycle } from '../../scenarios/synchronous/resource-lifecycle.js';
import { synchronousBulk } from '../../scenarios/synchronous/synchronous-bulk.js';
import { headerValue } from '../../trace/message.js';
import { isOfRespondAsync } from '../../judging/is-of-respond-async.js';

export const pref09 = defineRequirement({
  id: 'PREF-09',
  since: '1.0',
  level: 'MUST',
  title: 'without the preference, and `asyncRequest` not `long`, the answer is synchronous',
  source: cite('RFC 9967 §4'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'A client that did not ask for it does not know what a 202 means, and finds no `id` in it.',
      'It takes the user for created, or for failed.',
    ],
    tested: [
      'Creates, PUT, PATCH, DELETE and bulk requests are sent without `Prefer` and without mode header: none may be answered 202.',
      'Skipped where `securityEvents.asyncRequest` is `long`: the provider decides then.',
      'A 202 without the marks of RFC 9967 is left to MODE-02, where the target serves that binding as well.',
    ],
    fix: [
      'Send the 202 only where `Prefer` holds `respond-async`.',
      'If slow requests are to be answered 202 without being asked, say so: `"asyncRequest": "long"` in `securityEvents`.',
    ],
  },
  codes: { 'accepted-unasked': 'a request without a preference is answered 202' },
  from: [resourceLifecycle, synchronousBulk, eventPoll, eventPush],
  looksAt: 'any',
  judge: (trace) => {
    if (asyncRequestOf(trace.target) === 'long')
      return notApplicable('securityEvents.asyncRequest is `long`: the provider decides.');
    return judgeEach(
      trace
        .answered('create', 'replace', 'patch', 'delete', 'bulk')
        .filter(({ request }) => headerValue(request.headers, header.prefer) === undefined)
        .filter(({ request }) => headerValue(request.headers, header.requestMode) === undefined),
      (exchange) =>
        exchange.response.status === 202 && isOfRespondAsync(trace, exchange)
          ? {
              code: 'accepted-unasked',
              expected: `a synchronous answer to ${exchange.request.method} without a preference`,
              actual: 'the answer is 202',
              exchanges: [exchange],
            }
          : undefined,
    );
  },
});
