/** ERR-06. Four creates of one name are sent at the same time, because a check before the insert lets two workers pass. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { isAlike } from '../../trace/alike.js';
import { type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { duplicateUser, duplicateUserSteps } from '../../scenarios/errors/duplicate-user.js';
import { isObject, responseObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { isDone, type OperationOutcome, outcomeOf, outcomes } from './operation-outcome.js';
import { isRegistered } from './registered-scim-type.js';
import { judgeTakenInBulk, takenInBulkCodes } from './taken-in-bulk.js';

const codes = {
  'duplicate-created': 'a create with a userName that is taken succeeds',
  'duplicate-in-capitals-created': 'a create with a userName that is taken, in other letter case, succeeds',
  'duplicate-with-another-address-created':
    'a create with a userName that is taken succeeds if its e-mail address is not that of the first user',
  'replaced-with-a-taken-name': 'a PUT gives a user the userName of another user',
  'replaced-with-a-taken-name-in-capitals': 'a PUT gives a user the userName of another user, in other letter case',
  ...takenInBulkCodes,
  'patched-to-a-taken-name': 'a PATCH gives a user the userName of another user',
  'several-created-at-a-time': 'of several creates of one userName at the same time, more than one succeeds',
  'refused-otherwise-than-409': 'a userName that is taken is refused, but not with 409',
  'name-of-a-deleted-user-refused': 'a create with the userName of a user who was deleted is refused with 409',
  'scim-type-not-uniqueness': 'the scimType of the error for a userName that is taken is not uniqueness',
};

type Code = keyof typeof codes;

const {
  afterwards,
  createAfterDelete,
  createInCapitals,
  createWithAddress,
  deleted,
  patch,
  replace,
  replaceInCapitals,
  together: atTheSameTime,
} = duplicateUserSteps;

/** Of several creates of one userName at the same time, one may succeed. */
const judgeRivals: Judge<Code> = (trace) => {
  const rivals = trace.submissions().filter((submission) => isStep(trace.exchangeOf(submission), atTheSameTime));
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
  if (isStep(asked, createWithAddress)) return 'duplicate-with-another-address-created';
  if (isStep(asked, patch)) return 'patched-to-a-taken-name';
  if (isStep(asked, replaceInCapitals)) return 'replaced-with-a-taken-name-in-capitals';
  return isStep(asked, replace) ? 'replaced-with-a-taken-name' : 'duplicate-created';
};

/** The exchanges of a duplicate, after the create that took the name: a reader who replays them needs both. */
const withFirstCreate = (trace: TraceView, { exchanges }: OperationOutcome): readonly Answered[] => {
  const [asked] = exchanges;
  const taken = trace.answered('create').find(({ subject, n }) => subject === asked.subject && n < asked.n);
  return taken === undefined ? exchanges : [taken, ...exchanges];
};

/** The read of the user after a PUT or PATCH that is reported as done. */
const readAfter = (trace: TraceView, { exchanges: [asked] }: OperationOutcome): Answered | undefined =>
  trace.variant(afterwards, 'read').find(({ request }) => request.url === asked.request.url);

/** Whether a PUT or PATCH was done, but the user has the same userName as before: then there is no duplicate. */
const keepsItsName = (trace: TraceView, outcome: OperationOutcome): boolean => {
  const read = readAfter(trace, outcome);
  const name = read?.response.status === 200 ? responseObject(read)?.userName : undefined;
  return isDone(outcome) && typeof name === 'string' && !isAlike(outcome.exchanges[0].subject, name);
};

/** Whether a create is answered with another userName than it asked for, which CORE-03 judges: then there is no duplicate. */
const isNamedOtherwise = ({ response, exchanges: [asked] }: OperationOutcome): boolean =>
  isStep(asked, createWithAddress) &&
  isObject(response) &&
  typeof response.userName === 'string' &&
  !isAlike(asked.subject, response.userName);

const isAfterDelete = ({ exchanges: [asked] }: OperationOutcome): boolean => isStep(asked, createAfterDelete);

/** The name of a deleted user should be free again (RFC 7644 §3.6). CORE-03 judges a user who is still there. */
const judgeFreedNames: Judge<Code> = (trace) => {
  const isGone = trace.variant(deleted, 'read').some(({ response }) => response.status === 404);
  const creates = outcomes(trace, 'duplicate').filter(isAfterDelete);
  return judgeEach(isGone ? creates : [], ({ status, exchanges }) =>
    status === '409'
      ? {
          code: 'name-of-a-deleted-user-refused',
          level: 'SHOULD',
          expected: 'a create with the userName of a deleted user to succeed (RFC 7644 §3.6)',
          actual: 'it is refused with 409',
          exchanges: [...trace.answered('delete').slice(0, 1), ...exchanges],
        }
      : undefined,
  );
};

const judgeDuplicates: Judge<Code> = (trace) =>
  judgeEach(
    outcomes(trace, 'duplicate').filter(
      (outcome) => !isAfterDelete(outcome) && !keepsItsName(trace, outcome) && !isNamedOtherwise(outcome),
    ),
    (outcome): Finding<Code> | undefined => {
      const { status, response } = outcome;
      const [asked] = outcome.exchanges;
      const read = readAfter(trace, outcome);
      // A provider may refuse an address that is not the userName before it compares names.
      if (isStep(asked, createWithAddress) && /^4/.test(status ?? '')) return undefined;
      const exchanges = [...withFirstCreate(trace, outcome), ...(isDone(outcome) && read !== undefined ? [read] : [])];
      // A provider whose userName cannot be changed at all refuses the PUT before it compares names. Its `scimType` is
      // optional, and may be one of its own (profile 1.1, clarification 4).
      const scimType = isObject(response) ? response.scimType : undefined;
      const isImmutable = asked.request.method !== 'POST' && (scimType === 'mutability' || !isRegistered(scimType));
      if (isImmutable && status === '400') return undefined;
      if (status !== '409') {
        return {
          code: codeOf(outcome),
          expected: `409 to ${asked.variant ?? 'a create'} with a userName that is taken, at once or in the operation’s result`,
          actual: `it is ${status ?? 'unknown'}`,
          exchanges,
        };
      }
      // A missing error is judged by ERR-01 or LIFE-10.
      if (!isObject(response) || response.scimType === 'uniqueness') return undefined;
      return {
        code: 'scim-type-not-uniqueness',
        level: 'SHOULD',
        expected: 'scimType uniqueness',
        actual: `it is ${JSON.stringify(response.scimType)}`,
        exchanges,
      };
    },
  );

export const err06 = defineRequirement({
  id: 'ERR-06',
  since: '1.0',
  level: 'MUST',
  title: "a duplicate `userName` fails with 409 (`uniqueness` SHOULD), at once or in the operation's result",
  source: cite('RFC 7644 §3.3'),
  needs: {},
  guide: {
    why: [
      'From 409 a client learns that the person already has an account, and links to it.',
      'If the second create succeeds, there are two accounts with one name; if it fails with another status, the client thinks that the provider is down.',
    ],
    tested: [
      'A `userName` that is taken is written again, synchronously and asynchronously: by a create, by a create in capitals, by a create with another e-mail address, and by a PUT (also in capitals) and a PATCH of another user; and all three in one bulk request. In addition, four asynchronous creates of one new name are submitted at the same time; one of them may succeed.',
      'Each has to end with 409: at once, or in the result of the operation. In a bulk request, only an operation that is done is a failure.',
      '`scimType` `uniqueness` is recommended; a PUT or PATCH may be refused with 400 if `userName` cannot be changed (with `mutability` or without a `scimType`), and it is no failure if the user keeps its `userName`.',
      'The `userName` of a user who was deleted is used by a create: 409 to it is a warning.',
    ],
    fix: [
      'Put a unique index on the `userName` in lower case, and map its violation to 409 with `"scimType": "uniqueness"`.',
      'A check before the insert is not enough: two workers can check at the same moment.',
      'If you keep deleted records, leave them out of the index: a person who comes back gets the old name.',
      'Map the error in the worker as well: there it often ends as 400 or 500.',
      'Check the name in the code of PUT and PATCH, too, and let bulk requests use that code.',
    ],
  },
  codes,
  from: [duplicateUser],
  judge: (trace) =>
    together<Code>(judgeDuplicates(trace), judgeFreedNames(trace), judgeRivals(trace), judgeTakenInBulk(trace)),
});
