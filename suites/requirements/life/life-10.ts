/** LIFE-10. After completion every failed operation's SCIM error, and every created resource's location, can be read. */
import type { Submission } from '../../../schemas/types.js';
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip, describeBody, describeViolations } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { Completion, TraceView } from '../../judging/trace-view.js';
import { isObject, responseObject, textOf, withoutNulls } from '../../trace/message.js';
import { settling } from '../../scenarios/scenario-sets.js';

/** Of completion events the errors are EVT-05's: here it is that what was created can be found. */
const locationsOf = (trace: TraceView, submission: Submission, { poll, results }: Completion): Judgement =>
  judgeEach(
    results.filter(({ status, index }) => Number(status) < 300 && submission.operations[index]?.method === 'POST'),
    ({ location, index }) =>
      location === undefined
        ? {
            expected: `the location of the resource that operation ${index} created, in its result or as the subject of its event`,
            actual: 'there is none',
            exchanges: [trace.asking(submission), poll],
          }
        : undefined,
  );

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
      'The client needs the `location` of what it has created, and the reason why the rest failed.',
      'Without them it has to search for every user, or to send everything again.',
    ],
    tested: [
      'Request-mode: a completed status resource has to hold `Operations`, not empty, each with a `status` that is a string.',
      'A result of 400 or more has to have a valid SCIM error as `response`, whose `status` is that of the result; a create that succeeded has to have a `location`.',
      'Respond-async: a create that succeeded has to have its `location` in the payload of the completion event, or its path in `sub_id.uri`; the errors there are EVT-05’s.',
    ],
    fix: [
      'Store, for each operation, `method`, `bulkId`, `status` as a string such as `"201"`, `location` and, where it failed, `response`; show them as `Operations` in the status resource, for single requests as well.',
      'Use the error that a synchronous request would have been answered as `response`: `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "409", …}`.',
    ],
  },
  from: settling,
  judge: (trace) =>
    together(
      ...trace
        .submissions()
        .filter(({ accepted }) => accepted)
        .map((submission) => {
          const completion = trace.completion(submission);
          if (completion === undefined) return together();
          const { poll, results } = completion;
          if (submission.binding === 'respond-async') return locationsOf(trace, submission, completion);
          const operations: unknown = responseObject(poll)?.Operations;
          const fail = (expected: string, actual: string): Finding => ({
            expected,
            actual,
            exchanges: [trace.asking(submission), poll],
          });
          if (!Array.isArray(operations) || operations.length === 0) {
            return judgeEach([submission], () => fail('Operations after completion', describeBody(poll)));
          }
          const numeric: unknown = operations.find(
            (operation) => isObject(operation) && typeof operation.status !== 'string',
          );
          if (numeric !== undefined) {
            return judgeEach([submission], () =>
              fail('results whose status is a string (RFC 7644 §3.7.3)', clip(JSON.stringify(numeric))),
            );
          }
          return judgeEach(results, ({ status, method, location, response }, index) => {
            if (Number(status) >= 400) {
              const validation = validate('scim/error', withoutNulls(response));
              if (!validation.valid) {
                return fail(
                  `the SCIM error of operation ${index} as its response`,
                  response === undefined ? 'there is none' : describeViolations(validation.violations),
                );
              }
              return isObject(response) && response.status === status
                ? undefined
                : fail(
                    `an error of status ${status ?? ''}, as the result says`,
                    `it says ${textOf((response as { status?: unknown }).status)}`,
                  );
            }
            const creates = (method ?? submission.operations[index]?.method) === 'POST';
            return creates && location === undefined
              ? fail(`the location of the resource that operation ${index} created`, 'there is none')
              : undefined;
          });
        }),
    ),
});
