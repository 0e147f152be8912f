/** ERR-04. 415 shows that the configuration of the client is wrong, and not its data. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { wrongContentType, wrongContentTypeSteps } from '../../scenarios/errors/wrong-content-type.js';
import { endOf, isDone } from './operation-outcome.js';

export const err04 = defineRequirement({
  id: 'ERR-04',
  since: '1.0',
  level: 'SHOULD',
  title: 'a content type that is not JSON answers 415',
  source: cite('RFC 9110 §15.5.16'),
  needs: {},
  guide: {
    why: [
      'A client with the wrong content type has a mistake in its configuration.',
      'After a 415 its developer finds the mistake at once; after a 400, or without an error, the developer looks for it in the data.',
    ],
    tested: [
      'A valid user is sent as `text/plain`, `application/xml` and `application/x-www-form-urlencoded`, in a create and as `text/plain` in a PUT, synchronously and asynchronously.',
      'Each should be answered 415; with `Prefer: respond-async`, a 202 whose completion event reports 415 is right, too.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Compare the media type with `application/scim+json` and `application/json` before the body is parsed and before a 202, and answer 415 with a SCIM error.',
      'If the framework leaves the body empty for types that it does not know, the error that follows is a 400: check the type before that.',
    ],
  },
  codes: {
    'wrong-content-type-accepted': 'a body with a content type that is not JSON is accepted',
    'refused-otherwise-than-415': 'a content type that is not JSON is refused, but not with 415',
  },
  from: [wrongContentType],
  looksAt: 'any',
  judge: (trace) =>
    judgeEach(
      trace
        .variant(wrongContentTypeSteps.contentType, 'refusal')
        .map((exchange) => endOf(trace, exchange))
        .filter((end) => end !== undefined),
      (end) =>
        end.status === '415'
          ? undefined
          : {
              code: isDone(end) ? 'wrong-content-type-accepted' : 'refused-otherwise-than-415',
              expected: '415 to a content type that is not JSON',
              actual: `the answer is ${end.status ?? 'unknown'}`,
              exchanges: end.exchanges,
            },
    ),
});
