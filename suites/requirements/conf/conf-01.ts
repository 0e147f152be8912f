/** CONF-01. The profile does not say how a skipped or overwriting create is reported, so any 2xx is right. */
import type { OperationResult } from '../../bindings/binding.js';
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describe, failed, succeeded } from '../../judging/bulk-requests.js';
import { pathUnder, wordsOf } from '../../judging/history/history.js';
import { type Ambiguity, type Finding, type Judgement, together } from '../../judging/judge.js';
import { isSamePath } from '../../judging/same-path.js';
import { isRefused } from '../../judging/refused-options.js';
import type { Completion, TraceView } from '../../judging/trace-view.js';
import { conflict, conflictSteps, duplicateId } from '../../scenarios/features/conflict.js';
import { isNotFound } from '../../trace/answers.js';
import { isObject, operationsIn, requestJson, responseObject } from '../../trace/message.js';
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'options-refused': 'a bulk request with onConflict is refused',
  'fail-lets-it-through': 'with `fail`, a create whose userName is taken succeeds',
  'fail-without-409': 'with `fail`, a create whose userName is taken fails with a status other than 409',
  'fail-changes-it': 'with `fail`, the user who has the userName is not as before',
  'skip-fails': 'with `skip`, a create whose userName is taken fails',
  'skip-changes-it': 'with `skip`, the user who has the userName is not as before',
  'overwrite-fails': 'with `overwrite`, a create whose userName is taken fails',
  'overwrite-without-effect': 'with `overwrite`, the user who has the userName does not get the values of the create',
  'created-twice': 'a create whose userName is taken makes a second user of this name',
  'leads-elsewhere': 'the location of a skipped or overwriting create does not lead to the user who has the userName',
  'other-operation-fails': 'a create of another user in the same request fails',
};

type Code = keyof typeof codes;

/** A bulk request with a create whose userName is taken, and the user who has it. */
interface Reimport {
  readonly policy: string;
  readonly submission: Submission;
  readonly asked: Answered;
  readonly completion: Completion | undefined;
  /** The result of the create; undefined if there is none. */
  readonly result: OperationResult | undefined;
  readonly place: number;
  readonly before: Answered | undefined;
  readonly after: Answered | undefined;
  readonly search: Answered | undefined;
}

const reimportsOf = (trace: TraceView): Reimport[] =>
  trace.submissions().flatMap((submission) => {
    const asked = trace.exchangeOf(submission);
    const policy = conflictSteps.policy.valueOf(asked);
    const place = submission.operations.findIndex(({ bulkId }) => bulkId === duplicateId);
    if (policy === undefined || place < 0) return [];
    const completion = trace.completion(submission);
    const userName = submission.operations[place]?.userName;
    return [
      {
        policy,
        submission,
        asked,
        completion,
        result: completion?.results.find(({ index }) => index === place),
        place,
        before: trace.variant(conflictSteps.before, 'read').at(0),
        after: trace.variant(conflictSteps.afterwards, 'read').at(0),
        search: trace.answered('search').find(({ subject }) => subject === userName),
      },
    ];
  });

const wordsIn = (read: Answered | undefined): string[] =>
  read?.response.status === 200 ? wordsOf(responseObject(read) ?? {}).toSorted() : [];

/** The words that the create writes. */
const wordsSent = ({ asked, place }: Reimport): string[] => {
  const operation = operationsIn(requestJson(asked))[place];
  return isObject(operation) && isObject(operation.data) ? wordsOf(operation.data).toSorted() : [];
};

const shownBy = ({ asked, completion }: Reimport): Answered[] => [
  asked,
  ...(completion === undefined ? [] : [completion.poll]),
];

/** The user has to be as before. */
const findChange = (seen: Reimport, code: 'fail-changes-it' | 'skip-changes-it'): Finding<Code>[] => {
  const { policy, before, after } = seen;
  const [was, is] = [wordsIn(before), wordsIn(after)];
  if (before?.response.status !== 200 || after === undefined) return [];
  const isChanged = after.response.status === 200 && was.length > 0 && was.join() !== is.join();
  if (!isChanged && !isNotFound(after)) return [];
  const actual = isChanged
    ? `its names are ${is.join(', ') || 'gone'}, and were ${was.join(', ')}`
    : `a GET of it is answered ${after.response.status}`;
  const expected = `the user who has the userName to be as before, because onConflict is \`${policy}\``;
  return [{ code, expected, actual, exchanges: [before, ...shownBy(seen), after] }];
};

/** The user has to have the new values; one that shows none of its names is not judged. */
const findNoEffect = (seen: Reimport): Finding<Code>[] => {
  const { before, after } = seen;
  const [was, is, sent] = [wordsIn(before), wordsIn(after), wordsSent(seen)];
  if (after?.response.status !== 200 || was.length === 0 || is.join() === sent.join()) return [];
  return [
    {
      code: 'overwrite-without-effect',
      expected: `the user who has the userName to get the names ${sent.join(', ')}`,
      actual: `they are ${is.join(', ') || 'gone'}`,
      exchanges: [...shownBy(seen), after],
    },
  ];
};

const findSecond = (seen: Reimport): Finding<Code>[] => {
  const { search } = seen;
  const count = search === undefined ? undefined : countFound(search);
  if (search === undefined || count === undefined || count < 2) return [];
  const expected = 'one user with the userName';
  return [{ code: 'created-twice', expected, actual: `there are ${count}`, exchanges: [...shownBy(seen), search] }];
};

const findElsewhere = (trace: TraceView, seen: Reimport): Finding<Code>[] => {
  const { result, before, after } = seen;
  const { baseUrl } = trace.target;
  const leadsTo = pathUnder(result?.location ?? '', `${baseUrl}/`, baseUrl);
  const own = before === undefined ? undefined : pathUnder(before.request.url, before.request.url, baseUrl);
  const isThere = after?.response.status === 200;
  if (!isThere || result?.location === undefined || leadsTo === undefined || own === undefined) return [];
  if (isSamePath(leadsTo, own)) return [];
  return [
    {
      code: 'leads-elsewhere',
      expected: `a location that leads to the user who has the userName, ${own}`,
      actual: `it is ${result.location}`,
      exchanges: shownBy(seen),
    },
  ];
};

const findOther = (seen: Reimport): Finding<Code>[] => {
  const { completion, submission, place } = seen;
  const other = completion?.results.find(
    // A 5xx is the operation's own failure.
    (result) => result.index !== place && /^4/.test(result.status ?? ''),
  );
  if (other === undefined) return [];
  return [
    {
      code: 'other-operation-fails',
      expected: `${describe(submission, other.index)} to succeed, because its userName is free`,
      actual: `its status is "${other.status ?? ''}"`,
      exchanges: shownBy(seen),
    },
  ];
};

const judgeFail = (seen: Reimport, result: OperationResult): Finding<Code>[] => {
  const { submission, place } = seen;
  const about = { actual: `its status is "${result.status ?? ''}"`, exchanges: shownBy(seen) };
  const expected = `409 to ${describe(submission, place)}, because its userName is taken and onConflict is \`fail\``;
  if (succeeded(result)) return [{ code: 'fail-lets-it-through', expected, ...about }];
  // A 5xx is the operation's own failure.
  const isOther = /^4/.test(result.status ?? '') && result.status !== '409';
  return [
    ...(isOther ? [{ code: 'fail-without-409' as const, expected, ...about }] : []),
    ...findChange(seen, 'fail-changes-it'),
  ];
};

const findFailure = (
  seen: Reimport,
  result: OperationResult,
  code: 'skip-fails' | 'overwrite-fails',
): Finding<Code>[] => {
  if (!/^4/.test(result.status ?? '') && result.status !== '501') return [];
  const expected = `${describe(seen.submission, seen.place)} to succeed, because onConflict is \`${seen.policy}\``;
  return [{ code, expected, actual: `its status is "${result.status ?? ''}"`, exchanges: shownBy(seen) }];
};

/** An overwritten user who is gone, although one of the name is there, was deleted and created anew. */
const newIdOf = ({ policy, after, search, result }: Reimport): Ambiguity[] =>
  policy === 'overwrite' &&
  result !== undefined &&
  succeeded(result) &&
  after !== undefined &&
  isNotFound(after) &&
  search !== undefined &&
  countFound(search) === 1
    ? [
        {
          point: 'whether a user who is overwritten keeps its id',
          readings: [
            'it does: an id never changes (RFC 7643 §3.1), and `overwrite` replaces values, as PUT does',
            'it does not: the profile only says that `overwrite` decides what a duplicate does',
          ],
          seen: 'deletes the user and creates another one with its userName',
        },
      ]
    : [];

const findingsOf = (trace: TraceView, seen: Reimport, result: OperationResult): Finding<Code>[] => {
  const others = [...findSecond(seen), ...findOther(seen)];
  if (seen.policy === 'fail') return [...judgeFail(seen, result), ...others];
  const isSkip = seen.policy === 'skip';
  const own = findFailure(seen, result, isSkip ? 'skip-fails' : 'overwrite-fails');
  // A create that has failed has no location, and LIFE-05 judges its effect.
  if (own.length > 0 || failed(result)) return [...own, ...others];
  const effect = isSkip ? findChange(seen, 'skip-changes-it') : findNoEffect(seen);
  return [...effect, ...findElsewhere(trace, seen), ...others];
};

const judgeReimport = (trace: TraceView, seen: Reimport): Judgement<Code> => {
  const { policy, submission, asked, result } = seen;
  const { status } = asked.response;
  if (submission.accepted) {
    if (result === undefined) return together();
    const ambiguities = newIdOf(seen);
    return {
      exercised: 1,
      findings: findingsOf(trace, seen, result),
      ...(ambiguities.length === 0 ? {} : { ambiguities }),
    };
  }
  if (!isRefused(asked)) return together();
  // With `fail`, the request may be refused because of the duplicate (profile §7, clarification 14).
  if (policy === 'fail' && status === 409) return { exercised: 1, findings: findChange(seen, 'fail-changes-it') };
  return {
    exercised: 1,
    findings: [
      {
        code: 'options-refused',
        expected: `a bulk request with \`"onConflict": "${policy}"\` to be accepted, because \`features\` lists \`conflict\``,
        actual: `the answer is ${status}`,
        exchanges: [asked],
      },
    ],
  };
};

export const conf01 = defineRequirement({
  id: 'CONF-01',
  since: '1.0',
  level: 'MUST',
  title: '`onConflict`: `fail`, `skip` or `overwrite` decides what a duplicate does on reimport',
  source: cite('P-Use B'),
  needs: { binding: 'request-mode', feature: 'conflict' },
  guide: {
    why: [
      'A repeated import must neither fail as a whole nor silently overwrite changes that were made by hand.',
      'The client says with `onConflict` which of the two it accepts, and does not look at each user again.',
    ],
    tested: [
      'A bulk request creates a user whose `userName` is taken, with other names, and two new users; it is sent with each value of `onConflict`. The user who has the `userName` is read before and afterwards, and searched for.',
      '`fail`: the result is 409, or the whole request is refused with 409, and the user is as before. `skip`: the result is a success, and the user is as before. `overwrite`: the result is a success, and the user has the new names.',
      'Any 2xx is a success, because the profile does not say which one it is. A `location` in such a result has to lead to the user who has the `userName`, of whom there must be only one; the two other creates have to succeed.',
      'A provider that deletes the overwritten user and creates another one is reported as ambiguous. Names that the provider does not show are not compared. Judged only if `features` lists `conflict`.',
    ],
    fix: [
      'On a duplicate do what `onConflict` says: `fail` writes a result of 409 with `"scimType": "uniqueness"`; `skip` writes a result of 200 with the `location` and `version` of the existing resource, and changes nothing; `overwrite` does what a PUT of that resource would do, and writes the result of the PUT.',
      'Look for the duplicate in the same transaction in which you create: otherwise two requests create the user twice.',
      'Let the option decide about the duplicate alone: the other operations of the request go on.',
    ],
  },
  codes,
  from: [conflict],
  judge: (trace) => together(...reimportsOf(trace).map((seen) => judgeReimport(trace, seen))),
});
