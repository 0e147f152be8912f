/** PREF-01. All spellings of the preference are to be answered in the same way, which is a SHOULD (RFC 7240 §2). */
import { respondAsync } from '../../../schemas/names.js';
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { preferAccept } from '../../scenarios/respond-async/prefer-accept.js';
import { preferSpellingSteps } from '../../scenarios/respond-async/prefer-spelling.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { preferring } from '../../scenarios/scenario-sets.js';

/** Requests with the preference of which nothing is wrong, and of which all should be well. */
const goodRequests = (trace: TraceView): { submission: Submission; exchange: Answered }[] =>
  trace
    .submissions()
    .map((submission) => ({ submission, exchange: trace.asking(submission) }))
    .filter(
      ({ submission, exchange }) =>
        exchange.purpose === 'submit' && submission.operations.every(({ expected }) => expected === 'success'),
    );

type Code = 'request-refused' | 'other-success-status' | 'spelling-ignored';

/** Statuses that a write succeeds with (RFC 7644 §3), and 202. */
const normal: Readonly<Record<string, readonly number[]>> = {
  POST: [200, 201, 202],
  PUT: [200, 202],
  PATCH: [200, 202, 204],
  DELETE: [202, 204],
};

export const pref01 = defineRequirement({
  id: 'PREF-01',
  since: '1.0',
  level: 'MUST',
  title: '`Prefer: respond-async` on POST, PUT, PATCH, DELETE answers normally or 202',
  source: cite('RFC 9967 §2.5.1.1'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      '`Prefer: respond-async` is a wish that every provider may ignore.',
      'A client can send it everywhere only if it never turns a good request into an error.',
    ],
    tested: [
      'Good POST, PUT, PATCH, DELETE and bulk requests are sent with the preference.',
      'Each has to be answered as without it, or 202: POST 200 or 201, PUT 200, PATCH 200 or 204, DELETE 204.',
      'Where the plain `respond-async` is answered 202, other spellings should be, too: in capitals, with other preferences before or behind it, on a second `Prefer` line, with a parameter, beside an unknown preference. That is only a warning.',
    ],
    fix: [
      'Where a method cannot be asynchronous, ignore the preference and do the write synchronously: no 501, no 400.',
      'Parse `Prefer` as a list over all its lines, split at commas outside of quotes, and compare the names without regard to case.',
      'A 500 to every such request mostly comes from the body or the session being gone when the worker runs.',
    ],
  },
  codes: {
    'request-refused': 'a good request with the preference is answered with an error',
    'other-success-status':
      'a good request with the preference is answered with a status that is neither normal nor 202',
    'spelling-ignored': 'a preference is heard in its plain spelling, and ignored in another that means the same',
  },
  from: preferring.filter((scenario) => scenario !== preferAccept),
  judge: (trace) => {
    const requests = goodRequests(trace);
    const plain = requests.find(({ exchange }) => isStep(exchange, preferSpellingSteps.plain));
    return judgeEach(requests, ({ submission, exchange }): Finding<Code> | undefined => {
      const { status } = exchange.response;
      const { method } = exchange.request;
      if (normal[method]?.includes(status) !== true) {
        return {
          code: status >= 400 ? 'request-refused' : 'other-success-status',
          expected: `the normal answer or 202 to ${method} with Prefer: ${respondAsync}`,
          actual: `the answer is ${status}`,
          exchanges: [exchange],
        };
      }
      // A preference may be ignored, but a field line is as good as another (RFC 7240 §2).
      return plain?.submission.accepted === true && !submission.accepted
        ? {
            code: 'spelling-ignored',
            level: 'SHOULD',
            expected: `202 to the preference ${exchange.variant ?? ''}, as to the plain one`,
            actual: `the answer is ${status}`,
            exchanges: [plain.exchange, exchange],
          }
        : undefined;
    });
  },
});
