/** MODE-01. Creates and bulk requests are sent alone, and creates also several at a time. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { sameAsSynchronous } from '../../scenarios/lifecycle/same-as-synchronous.js';
import { submissionsTogether } from '../../scenarios/request-mode/submissions-together.js';
import { followed } from '../../scenarios/scenario-sets.js';

export const mode01 = defineRequirement({
  id: 'MODE-01',
  since: '1.0',
  level: 'MUST',
  title: 'an asynchronous create and an asynchronous bulk request answer 202',
  source: cite('P-B, D1'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client asks for the asynchronous mode because its request is large or the provider is slow.',
      'If the provider answers synchronously instead, a long request runs into a timeout, and the client does not know how much of it was done.',
    ],
    tested: [
      '`POST /Users` and, where they are served, `POST /Groups` and `POST /Bulk` are sent with `X-SCIM-Request-Mode: asynchronous`, alone and several at a time.',
      'Each has to be answered 202.',
      'The bulk requests hold up to 40 creates, some of which lack `userName`: one invalid operation is no reason to refuse the whole request.',
      'A throttled request is sent again and not judged; the requirement is skipped if the target neither advertises the mode nor answers 202 to a first request.',
    ],
    fix: [
      'Read the mode header before the synchronous handler takes the request, for `/Bulk` as well as for `/Users` and `/Groups`: the bulk route is often forgotten.',
      'Check only the form of a bulk request before the 202, and let each operation fail in its own result.',
      'If asynchronous requests are not offered, remove `asynchronous` from `requestModes`.',
    ],
  },
  codes: {
    'create-not-accepted': 'an asynchronous create is not answered 202',
    'bulk-not-accepted': 'an asynchronous bulk request is not answered 202',
  },
  from: [...followed, submissionsTogether, sameAsSynchronous],
  judge: (trace) =>
    judgeEach(
      trace.submissions().filter((submission) => {
        const { request, response } = trace.exchangeOf(submission);
        if (request.method !== 'POST') return false;
        // Of these, users have attributes that a provider may refuse; a group was created synchronously before.
        return (
          !trace.isOf(sameAsSynchronous) || (submission.operations[0]?.path === '/Groups' && response.status < 300)
        );
      }),
      (submission) =>
        submission.accepted
          ? undefined
          : {
              code: submission.shape === 'bulk' ? 'bulk-not-accepted' : 'create-not-accepted',
              expected: `202 to an asynchronous ${submission.shape === 'bulk' ? 'bulk request' : 'create'}`,
              actual: `the answer is ${trace.exchangeOf(submission).response.status}`,
              exchanges: [trace.exchangeOf(submission)],
            },
    ),
});
