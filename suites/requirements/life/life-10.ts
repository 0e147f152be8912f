/**
 * LIFE-10. Results are in the status resource of request-mode, or in completion events. EVT-05 judges the errors in
 * completion events.
 */
import type { Submission } from '../../../schemas/types.js';
import { validate } from '../../../schemas/validators.js';
import type { OperationResult } from '../../bindings/binding.js';
import { withPlainStatus } from '../../bindings/operation-result.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip, describeBody, describeViolations } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { objectAsStatus } from '../../judging/object-as-status.js';
import type { Completion, TraceView } from '../../judging/trace-view.js';
import { isObject, responseObject, textOf, withoutNulls } from '../../trace/message.js';
import { settling } from '../../scenarios/scenario-sets.js';

type Code =
  | 'operations-missing'
  | 'status-not-a-string'
  | 'error-missing-or-invalid'
  | 'error-of-another-status'
  | 'location-missing';

/** In completion events only the locations of created resources are judged here; EVT-05 judges the errors. */
const judgeLocations = (trace: TraceView, submission: Submission, { poll, results }: Completion): Judgement<Code> =>
  judgeEach(
    results.filter(({ status, index }) => Number(status) < 300 && submission.operations[index]?.method === 'POST'),
    ({ location, index }) =>
      location === undefined
        ? {
            code: 'location-missing',
            expected: `the location of the resource that operation ${index} created, in its result or as the subject of its event`,
            actual: 'there is none',
            exchanges: [trace.exchangeOf(submission), poll],
          }
        : undefined,
  );

type Fail = (code: Code, expected: string, actual: string) => Finding<Code>;

const findWrongError = (
  { status, response }: OperationResult,
  index: number,
  fail: Fail,
): Finding<Code> | undefined => {
  const validation = validate('scim/error', withoutNulls(response));
  if (!validation.valid) {
    const actual = response === undefined ? 'there is none' : describeViolations(validation.violations);
    return fail('error-missing-or-invalid', `the SCIM error of operation ${index} as its response`, actual);
  }
  const errorStatus = isObject(response) ? response.status : undefined;
  return errorStatus === status
    ? undefined
    : fail(
        'error-of-another-status',
        `an error with status ${status ?? ''}, the status of the result`,
        `it is ${textOf(errorStatus)}`,
      );
};

/** Judges the result of each operation in a completed status resource. */
const judgeStatusResults = (
  view: TraceView,
  submission: Submission,
  { poll, results }: Completion,
): Judgement<Code> => {
  const operations: unknown = responseObject(poll)?.Operations;
  const fail: Fail = (code, expected, actual) => ({
    code,
    expected,
    actual,
    exchanges: [view.exchangeOf(submission), poll],
  });
  // With failOnErrors 0, nothing may have been run (profile 1.1, clarification 2).
  if (Array.isArray(operations) && operations.length === 0 && submission.failOnErrors === 0) return together();
  if (!Array.isArray(operations) || operations.length === 0) {
    return judgeEach([submission], () =>
      fail('operations-missing', 'Operations after completion', `the status comes ${describeBody(poll)}`),
    );
  }
  const numeric = operations
    .map(withPlainStatus)
    .find((operation) => isObject(operation) && typeof operation.status !== 'string');
  if (numeric !== undefined) {
    const expected = 'results whose status is a string (RFC 7644 §3.7.3)';
    return judgeEach([submission], () =>
      fail('status-not-a-string', expected, `one is ${clip(JSON.stringify(numeric))}`),
    );
  }
  const judgement = judgeEach(results, (result, index) => {
    if (Number(result.status) >= 400) return findWrongError(result, index, fail);
    const creates = (result.method ?? submission.operations[index]?.method) === 'POST';
    return creates && result.location === undefined
      ? fail('location-missing', `the location of the resource that operation ${index} created`, 'there is none')
      : undefined;
  });
  return { ...judgement, ambiguities: objectAsStatus(operations) };
};

export const life10 = defineRequirement({
  id: 'LIFE-10',
  since: '1.0',
  level: 'MUST',
  title:
    "after completion every failed operation's SCIM error, and every created resource's location, can be read from `Operations`",
  source: cite('P-D, P-S, D6'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'The client needs the `location` of each resource that it has created, and the reason for each failure.',
      'Without them it has to search for every user, or send everything again.',
    ],
    tested: [
      'Request-mode: a completed status resource has to hold `Operations`, not empty, each with a `status` that is a string; one such as `{"code": "201"}`, which is in an example of RFC 7644 §3.7.2, makes the outcome ambiguous.',
      'A result of 400 or more has to have a valid SCIM error as `response`, whose `status` is that of the result; a create that succeeded has to have a `location`.',
      'Respond-async: a create that succeeded has to have its `location` in the payload of the completion event, or its path in `sub_id.uri`; errors in events are left to EVT-05.',
    ],
    fix: [
      'Store, for each operation, `method`, `bulkId`, `status` as a string such as `"201"`, `location` and, if it failed, `response`; show them as `Operations` in the status resource, for single requests as well.',
      'Use as `response` the error that a synchronous request would get: `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "409", …}`.',
    ],
  },
  codes: {
    'operations-missing': 'the completed status resource has no Operations',
    'status-not-a-string': 'the status of a result is not a string',
    'error-missing-or-invalid': 'the result of a failed operation has no SCIM error as its response',
    'error-of-another-status': 'the status in the error of a failed operation differs from the status of its result',
    'location-missing': 'the result of a create has no location of the resource',
  },
  from: settling,
  judge: (view) =>
    together<Code>(
      ...view.accepted().map(({ submission }) => {
        const completion = view.completion(submission);
        if (completion === undefined) return together<Code>();
        return submission.binding === 'respond-async'
          ? judgeLocations(view, submission, completion)
          : judgeStatusResults(view, submission, completion);
      }),
    ),
});
