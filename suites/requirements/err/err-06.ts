/** ERR-06. A duplicate userName fails with 409 (uniqueness SHOULD), at once or in the operation's result. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import { duplicateUser } from '../../scenarios/errors/duplicate-user.js';
import { isObject } from '../../trace/message.js';
import { outcomeOf, outcomes } from './err.js';

/** Of several creates of one userName at a time, one may succeed. */
const atATime: Judge = (trace) => {
  const rivals = trace.submissions().filter((submission) => trace.asking(submission).variant === 'together');
  const made = rivals.filter((submission) => outcomeOf(trace, submission)?.status === '201');
  return judgeEach(made.slice(0, 1), () =>
    made.length === 1
      ? undefined
      : {
          expected: `one of ${rivals.length} creates of one userName at a time to succeed, and 409 to the others`,
          actual: `${made.length} of them succeed`,
          exchanges: made.slice(0, 2).flatMap((submission) => outcomeOf(trace, submission)?.exchanges ?? []),
        },
  );
};

const earlierOne: Judge = (trace) =>
  judgeEach(outcomes(trace, 'duplicate'), ({ status, response, exchanges: of }): Finding | undefined => {
    const [asked] = of;
    // Who sends the duplicate again needs what it is a duplicate of.
    const taken = trace.answered('create').find(({ subject, n }) => subject === asked?.subject && n < (asked?.n ?? 0));
    const exchanges = taken === undefined ? of : [taken, ...of];
    // A userName that cannot be changed at all is not compared with others.
    const isImmutable = isObject(response) && response.scimType === 'mutability' && asked?.request.method === 'PUT';
    if (isImmutable && status === '400') return undefined;
    if (status !== '409') {
      return {
        expected: `409 to ${asked?.variant ?? 'a create'} with a userName that is taken, at once or in the operation’s result`,
        actual: `it is ${status ?? 'unknown'}`,
        exchanges,
      };
    }
    // That there is no error at all is the business of others.
    if (!isObject(response)) return undefined;
    const { scimType } = response;
    return scimType === 'uniqueness'
      ? undefined
      : { level: 'SHOULD', expected: 'scimType uniqueness', actual: `it is ${JSON.stringify(scimType)}`, exchanges };
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
      'A `userName` that is taken is used again: by a create, by a create in capitals and by a PUT of another user, and asynchronously by a create; besides, four asynchronous creates of one new name are submitted at a time, of which one may succeed.',
      'Each has to end with 409: at once, or in the result of the operation.',
      '`scimType` `uniqueness` is recommended; a PUT may be refused as 400 `mutability` where `userName` cannot be changed.',
    ],
    fix: [
      'Put a unique index on the `userName` in lower case, and map its violation to 409 with `"scimType": "uniqueness"`.',
      'To look first and insert then is not enough: two workers look at the same moment.',
      'Map the error in the worker as well: there it often ends as 400 or 500.',
    ],
  },
  from: [duplicateUser],
  judge: (trace) => together(earlierOne(trace), atATime(trace)),
});
