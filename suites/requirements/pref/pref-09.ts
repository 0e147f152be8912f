/** PREF-09. A 202 without header fields of RFC 9967 is left to MODE-02 if the target serves request-mode, too. */
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
      'A client that did not ask for a 202 does not know what it means, and finds no `id` in it.',
      'It assumes that the user was created, or that the create failed.',
    ],
    tested: [
      'Creates, PUT, PATCH, DELETE and bulk requests are sent without `Prefer` and without mode header: none may be answered 202.',
      'Skipped if `securityEvents.asyncRequest` is `long`: then the provider decides.',
      'A 202 without header fields of RFC 9967 is left to MODE-02 if the target serves the request-mode binding as well.',
    ],
    fix: [
      'Send the 202 only if `Prefer` holds `respond-async`.',
      'If the provider answers slow requests with 202 without a preference, advertise it: `"asyncRequest": "long"` in `securityEvents`.',
    ],
  },
  codes: { 'accepted-unasked': 'a request without the preference is answered 202' },
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
              expected: `a synchronous answer to ${exchange.request.method} without the preference`,
              actual: 'the answer is 202',
              exchanges: [exchange],
            }
          : undefined,
    );
  },
});
