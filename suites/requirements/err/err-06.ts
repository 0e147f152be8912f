/** ERR-06. Whether a userName is taken has to be decided where it is written: two workers look at the same moment. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { duplicateUser, duplicateUserSteps } from '../../scenarios/errors/duplicate-user.js';
import { isObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { isDone, type OperationOutcome, outcomeOf, outcomes } from './operation-outcome.js';

const codes = {
  'duplicate-created': 'a create with a userName that is taken succeeds',
  'duplicate-in-capitals-created': 'a create with a userName that is taken, in other letter case, succeeds',
  'replaced-with-a-taken-name': 'a PUT gives a user the userName of another',
  'several-created-at-a-time': 'of several creates of one userName at the same time, more than one succeeds',
  'refused-otherwise-than-409': 'a userName that is taken is refused, but not with 409',
  'scim-type-not-uniqueness': 'the error for a userName that is taken has another scimType than uniqueness, or none',
};

type Code = keyof typeof codes;

const { createInCapitals, replace, together: atTheSameTime } = duplicateUserSteps;

/** Of several creates of one userName at the same time, one may succeed. */
const judgeRivals: Judge<Code> = (trace) => {
  const rivals = trace.submissions().filter((submission) => isStep(trace.asking(submission), atTheSameTime));
  const made = rivals.flatMap((submission) => outcomeOf(trace, submission) ?? []).filter(isDone);
  return judgeEach(made.slice(0, 1), () =>
    made.length === 1
      ? undefined
      : {
          code: 'several-created-at-a-time',
          expected: `one of ${rivals.length} creates of one userName at the same time to succeed, and 409 to the others`,
          actual: `${made.length} of them succeed`,
          exchanges: made.slice(0, 2).flatMap(({ exchanges }) => exchanges),
        },
  );
};

const codeOf = (outcome: OperationOutcome): Code => {
  const [asked] = outcome.exchanges;
  if (!isDone(outcome)) return 'refused-otherwise-than-409';
  if (isStep(asked, createInCapitals)) return 'duplicate-in-capitals-created';
  return isStep(asked, replace) ? 'replaced-with-a-taken-name' : 'duplicate-created';
};

/** Who sends the duplicate again needs to see what it is a duplicate of. */
const withTaken = (trace: TraceView, { exchanges }: OperationOutcome): readonly Answered[] => {
  const [asked] = exchanges;
  const taken = trace.answered('create').find(({ subject, n }) => subject === asked.subject && n < asked.n);
  return taken === undefined ? exchanges : [taken, ...exchanges];
};

const judgeDuplicates: Judge<Code> = (trace) =>
  judgeEach(outcomes(trace, 'duplicate'), (outcome): Finding<Code> | undefined => {
    const { status, response } = outcome;
    const [asked] = outcome.exchanges;
    const exchanges = withTaken(trace, outcome);
    // A userName that cannot be changed at all is not compared with others.
    const isImmutable = isObject(response) && response.scimType === 'mutability' && asked.request.method === 'PUT';
    if (isImmutable && status === '400') return undefined;
    if (status !== '409') {
      return {
        code: codeOf(outcome),
        expected: `409 to ${asked.variant ?? 'a create'} with a userName that is taken, at once or in the operation’s result`,
        actual: `it is ${status ?? 'unknown'}`,
        exchanges,
      };
    }
    // That there is no error at all is ERR-01's finding, or LIFE-10's.
    if (!isObject(response) || response.scimType === 'uniqueness') return undefined;
    return {
      code: 'scim-type-not-uniqueness',
      level: 'SHOULD',
      expected: 'scimType uniqueness',
      actual: `it is ${JSON.stringify(response.scimType)}`,
      exchanges,
    };
  });

export const err06 = defineRequirement({
  id: 'ERR-06',
  since: '1.0',
  level: 'MUST',
  title: "a duplicate `userName` fails with 409 (`uniqueness` SHOULD), at once or in the operation's result",
  source: cite('RFC 7644 §3.3'),
  needs: {},
  guide: {
    why: [
      'By 409 a client learns that the person has an account already, and links to it.',
      'Where the second create succeeds there are two accounts of one name; where it fails otherwise, the client takes it for an outage.',
    ],
    tested: [
      'A `userName` that is taken is written again: by a create, by a create in capitals and by a PUT of another user, and by an asynchronous create; besides, four asynchronous creates of one new name are submitted at the same time, of which one may succeed.',
      'Each has to end with 409: at once, or in the result of the operation.',
      '`scimType` `uniqueness` is recommended; a PUT may be refused as 400 `mutability` where `userName` cannot be changed.',
    ],
    fix: [
      'Put a unique index on the `userName` in lower case, and map its violation to 409 with `"scimType": "uniqueness"`.',
      'To look first and insert then is not enough: two workers look at the same moment.',
      'Map the error in the worker as well: there it often ends as 400 or 500.',
    ],
  },
  codes,
  from: [duplicateUser],
  judge: (trace) => together(judgeDuplicates(trace), judgeRivals(trace)),
});
