/** PREF-01. All spellings of the preference should be answered in the same way: that is a SHOULD (RFC 7240 §2). */
import { header, respondAsync, urn } from '../../../schemas/names.js';
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { asyncRequestOf } from '../../provider/security-events.js';
import { preferAccept } from '../../scenarios/respond-async/prefer-accept.js';
import { preferSpellingSteps } from '../../scenarios/respond-async/prefer-spelling.js';
import { succeeded } from '../../trace/answers.js';
import { firstPatchOperation, responseHeader, responseObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { preferring } from '../../scenarios/scenario-sets.js';

/** A PATCH of an attribute that the provider describes as read-only, which may be refused (RFC 7644 §3.5.2). */
const patchesReadOnly = ({ target: { readOnlyAttributes = [] } }: TraceView, exchange: Answered): boolean => {
  const path = exchange.request.method === 'PATCH' ? firstPatchOperation(exchange)?.path : undefined;
  return path !== undefined && readOnlyAttributes.includes(path);
};

/** Valid requests with the preference: each one should succeed. */
const validRequests = (trace: TraceView): { submission: Submission; exchange: Answered }[] =>
  trace
    .submissions()
    .map((submission) => ({ submission, exchange: trace.exchangeOf(submission) }))
    .filter(
      ({ submission, exchange }) =>
        exchange.purpose === 'submit' &&
        submission.operations.every(({ expected }) => expected === 'success') &&
        !patchesReadOnly(trace, exchange),
    );

type Code =
  | 'request-refused'
  | 'other-success-status'
  | 'location-missing'
  | 'failure-answered-as-success'
  | 'spelling-ignored'
  | 'another-preference-taken';

/** Statuses of successful writes (RFC 7644 §3; RFC 9110 §9.3.4: 204 to a PUT), and 202. */
const allowedStatuses: Readonly<Record<string, readonly number[]>> = {
  POST: [201, 202],
  PUT: [200, 202, 204],
  PATCH: [200, 202, 204],
  DELETE: [202, 204],
};

/** A bulk request that is done is answered 200 (RFC 7644 §3.7), a create 201 (§3.3). */
const allowedFor = ({ shape }: Submission, method: string): readonly number[] =>
  shape === 'bulk' ? [200, 202] : (allowedStatuses[method] ?? []);

const judgeRequests: Judge<Code> = (trace) => {
  const requests = validRequests(trace);
  const plain = requests.find(({ exchange }) => isStep(exchange, preferSpellingSteps.plain));
  return judgeEach(requests, ({ submission, exchange }): Finding<Code> | undefined => {
    const { status } = exchange.response;
    const { method } = exchange.request;
    if (!allowedFor(submission, method).includes(status)) {
      return {
        code: status >= 400 ? 'request-refused' : 'other-success-status',
        expected: `the normal answer or 202 to ${method} with Prefer: ${respondAsync}`,
        actual: `the answer is ${status}`,
        exchanges: [exchange],
      };
    }
    if (status === 201 && responseHeader(exchange, header.location) === undefined) {
      const expected = 'a Location with the URI of the created resource, as in every 201 to a create';
      return { code: 'location-missing', expected, actual: 'there is none', exchanges: [exchange] };
    }
    // A provider may ignore a preference, but all spellings have the same meaning (RFC 7240 §2).
    return plain?.submission.accepted === true && !submission.accepted
      ? {
          code: 'spelling-ignored',
          level: 'SHOULD',
          expected: `202 to the preference ${exchange.variant ?? ''}, as to its plain spelling`,
          actual: `the answer is ${status}`,
          exchanges: [plain.exchange, exchange],
        }
      : undefined;
  });
};

/** A SCIM error says that nothing was done, so that its status must not say the opposite. */
const judgeFailures: Judge<Code> = (trace) =>
  judgeEach(
    trace
      .submissions()
      .map((submission) => trace.exchangeOf(submission))
      .filter(succeeded)
      .filter((exchange) => {
        const schemas = responseObject(exchange)?.schemas;
        return Array.isArray(schemas) && schemas.includes(urn.error);
      }),
    (exchange) => ({
      code: 'failure-answered-as-success',
      expected: 'the status of the failure, because the body is a SCIM error',
      actual: `the answer is ${exchange.response.status}`,
      exchanges: [exchange],
    }),
  );

/** A provider that advertises `long` may answer every request with 202 (RFC 9967 §4). */
const judgeOtherPreferences: Judge<Code> = (trace) =>
  judgeEach(
    asyncRequestOf(trace.target) === 'long'
      ? []
      : trace.answered('create').filter((exchange) => preferSpellingSteps.other.valueOf(exchange) !== undefined),
    (exchange) =>
      exchange.response.status === 202
        ? {
            code: 'another-preference-taken',
            expected: `the normal answer, because Prefer: ${preferSpellingSteps.other.valueOf(exchange) ?? ''} is not ${respondAsync}`,
            actual: 'the answer is 202',
            exchanges: [exchange],
          }
        : undefined,
  );

export const pref01 = defineRequirement({
  id: 'PREF-01',
  since: '1.0',
  level: 'MUST',
  title: '`Prefer: respond-async` on POST, PUT, PATCH, DELETE answers normally or 202',
  source: cite('RFC 9967 §2.5.1.1'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      '`Prefer: respond-async` is a preference that every provider may ignore.',
      'A client can send it to every provider only if it never turns a valid request into an error.',
    ],
    tested: [
      'Valid POST, PUT, PATCH, DELETE and bulk requests are sent with the preference.',
      'Each has to be answered 202, or as without the preference: a create 201 with a `Location`, a bulk request 200, PUT 200, PATCH 200 or 204, DELETE 204.',
      'An answer of 2xx must not hold a SCIM error: a create of a `userName` that is taken is sent, too, with `wait`.',
      'If the plain `respond-async` is answered 202, other spellings should be, too: in capitals, with other preferences before or after it, on a second `Prefer` line, with a parameter, together with an unknown preference. If not, that is only a warning.',
      'Other preferences, such as `respond-asynchronously`, `x-respond-async`, or `respond-async` within a quoted value or as a parameter of another preference, must not be answered 202, unless `asyncRequest` is `long`.',
    ],
    fix: [
      'If a method cannot be asynchronous, ignore the preference and do the write synchronously; do not answer 501 or 400.',
      'If the work is done before the answer is sent, answer as the synchronous handler does, with its status, its `Location` and its errors.',
      'Parse `Prefer` as a list over all its lines, split at commas outside of quotes, and compare whole names without regard to case: do not search the field for the text `respond-async`.',
      'If every such request is answered 500, usually the body or the session no longer exists when the worker runs.',
    ],
  },
  codes: {
    'request-refused': 'a valid request with the preference is answered with an error',
    'other-success-status':
      'a valid request with the preference is answered with a status that is neither normal nor 202',
    'location-missing': 'a create with the preference is answered 201 without Location',
    'failure-answered-as-success': 'a request with the preference is answered 2xx with a SCIM error in the body',
    'spelling-ignored': 'the preference is honoured in its plain spelling, but ignored in another spelling',
    'another-preference-taken': 'a preference that only looks like `respond-async` is answered 202',
  },
  from: preferring.filter((scenario) => scenario !== preferAccept),
  judge: (trace) => together<Code>(judgeRequests(trace), judgeFailures(trace), judgeOtherPreferences(trace)),
});
