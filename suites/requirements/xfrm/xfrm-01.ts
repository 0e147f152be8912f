/** XFRM-01. What a rule makes of a user is compared with a twin that was created with these values. */
import type { OperationResult } from '../../bindings/binding.js';
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { plainUser } from '../../generators/user.js';
import { describe, succeeded } from '../../judging/bulk-requests.js';
import { clip } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { isRefused } from '../../judging/refused-options.js';
import type { Completion, TraceView } from '../../judging/trace-view.js';
import { transform, transformSteps } from '../../scenarios/features/transform.js';
import { transformCases, type CaseName, type TransformedUser } from '../../scenarios/features/transform-cases.js';
import { atPath, isObject, operationsIn, requestJson, responseObject, textOf } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'options-refused': 'a bulk request with valid rules is refused',
  'normalise-not-applied': 'a rule `normalise` does not change the value as it says',
  'map-not-applied': 'a rule `map` does not replace the value as it says',
  'conditional-not-applied': 'a rule `conditional` is not applied if its condition is true, or is applied if it is not',
  'default-not-applied': 'a rule `default` does not set a value that is missing, or overwrites one that is there',
  'format-not-applied': 'a rule `format` does not build the value as its template says',
  'order-not-kept': 'rules are not applied in their order',
  'validated-before-the-rules': 'a user who is complete only after the rules is refused',
  'failing-rule-ignored': 'an operation succeeds although a rule cannot be applied to it',
  'unknown-rule-ignored': 'an operation succeeds although one of its rules is unknown',
  'failure-spreads': 'a rule that cannot be applied to one operation makes others fail',
  'operation-fails': 'an operation fails although all rules can be applied to it',
};

type Code = keyof typeof codes;

/** The code if a value is not as it should be. */
const codeOf: Readonly<Record<CaseName, Code>> = {
  normalise: 'normalise-not-applied',
  map: 'map-not-applied',
  conditional: 'conditional-not-applied',
  default: 'default-not-applied',
  format: 'format-not-applied',
  'order of rules': 'order-not-kept',
  'before validation': 'validated-before-the-rules',
  'value that is not mapped': 'map-not-applied',
  'unknown rule': 'unknown-rule-ignored',
};

/** A request with rules, and one of its users. */
interface Case {
  readonly name: CaseName;
  readonly submission: Submission;
  readonly asked: Answered;
}

const isCase = (name: string | undefined): name is CaseName =>
  name !== undefined && Object.hasOwn(transformCases, name);

const casesOf = (trace: TraceView): Case[] =>
  trace.submissions().flatMap((submission) => {
    const asked = trace.exchangeOf(submission);
    const name = transformSteps.rules.valueOf(asked);
    return isCase(name) ? [{ name, submission, asked }] : [];
  });

const judgeRefused = ({ name, asked }: Case): Judgement<Code> => {
  const { status } = asked.response;
  // Rules that are not valid may be refused at once.
  if (name === 'unknown rule') return judgeEach(status === 400 || status === 422 ? [asked] : [], () => undefined);
  const why = 'because `features` lists `transform`';
  const finding = (code: Code, expected: string): Finding<Code> => ({
    code,
    expected,
    actual: `the answer is ${status}`,
    exchanges: [asked],
  });
  return judgeEach(isRefused(asked) ? [asked] : [], () => {
    if (name === 'before validation')
      return finding('validated-before-the-rules', `a user whose userName a rule makes to be accepted, ${why}`);
    if (name === 'value that is not mapped')
      return finding('failure-spreads', 'a rule that cannot be applied to one operation to fail that one alone');
    return finding('options-refused', `a bulk request with valid rules to be accepted, ${why}`);
  });
};

/** Whether an attribute was sent as the suite writes it: the target file may add attributes of its own. */
const isAsWritten = (asked: Answered, place: number, { attributes }: TransformedUser, attribute: string): boolean => {
  const operation = operationsIn(requestJson(asked))[place];
  const sent = isObject(operation) && isObject(operation.data) ? operation.data : {};
  const written = { ...plainUser(textOf(sent.userName)), ...attributes };
  return textOf(sent[attribute]) === textOf(atPath(written, attribute));
};

/** The first attribute that is not as that of the twin; what the twin does not show is not compared. */
const findOtherValue = (
  trace: TraceView,
  place: number,
  { asked, user }: Pick<Seen, 'asked' | 'user'>,
): { readonly expected: string; readonly actual: string; readonly exchanges: readonly Answered[] } | undefined => {
  const [read] = trace.variant(transformSteps.afterwards.of(String(place)), 'read');
  const [twin] = trace.variant(transformSteps.twin.of(String(place)), 'read');
  if (read?.response.status !== 200 || twin?.response.status !== 200) return undefined;
  for (const attribute of Object.keys(user.becomes ?? {})) {
    // A value that nobody can write is the provider's own in each of the twins (RFC 7643 §7).
    const isReadOnly = trace.target.readOnlyAttributes?.includes(attribute) === true;
    if (isReadOnly || !isAsWritten(asked, place, user, attribute)) continue;
    const [is, wanted] = [read, twin].map((each) => atPath(responseObject(each), attribute));
    if (typeof wanted !== 'string' || is === wanted) continue;
    return {
      expected: `${attribute} to be «${clip(wanted)}», as of a user who is created with this value`,
      actual: `it is ${is === undefined ? 'absent' : `«${clip(textOf(is))}»`}`,
      exchanges: [twin, read],
    };
  }
  return undefined;
};

interface Seen extends Case {
  readonly completion: Completion;
  readonly result: OperationResult;
  readonly user: TransformedUser;
}

const findFailed = ({ name, submission, asked, completion, result }: Seen): Finding<Code>[] => {
  // A 5xx is the operation's own failure.
  if (!/^4/.test(result.status ?? '')) return [];
  const code: Code =
    name === 'before validation'
      ? 'validated-before-the-rules'
      : name === 'value that is not mapped'
        ? 'failure-spreads'
        : 'operation-fails';
  return [
    {
      code,
      expected: `${describe(submission, result.index)} to succeed, because all rules can be applied to it`,
      actual: `its status is "${result.status ?? ''}"`,
      exchanges: [asked, completion.poll],
    },
  ];
};

const judgeUser = (trace: TraceView, seen: Seen): Finding<Code>[] => {
  const { name, submission, asked, completion, result, user } = seen;
  const shown = [asked, completion.poll];
  if (user.becomes !== undefined) {
    if (!succeeded(result)) return findFailed(seen);
    const other = findOtherValue(trace, result.index, seen);
    return other === undefined ? [] : [{ code: codeOf[name], ...other, exchanges: [...shown, ...other.exchanges] }];
  }
  if (!succeeded(result)) return [];
  return [
    {
      code: name === 'unknown rule' ? 'unknown-rule-ignored' : 'failing-rule-ignored',
      expected: `${describe(submission, result.index)} to fail, because a rule cannot be applied to it`,
      actual: `its status is "${result.status ?? ''}"`,
      exchanges: shown,
    },
  ];
};

const judgeCase = (trace: TraceView, one: Case): Judgement<Code> => {
  const { name, submission } = one;
  if (!submission.accepted) return judgeRefused(one);
  const completion = trace.completion(submission);
  if (completion === undefined) return together();
  return judgeEach(completion.results, (result) => {
    const user = transformCases[name].users[result.index];
    return user === undefined ? undefined : judgeUser(trace, { ...one, completion, result, user });
  });
};

export const xfrm01 = defineRequirement({
  id: 'XFRM-01',
  since: '1.0',
  level: 'MUST',
  title:
    'the rules in the bulk options (normalise, map, conditional, default, format) are applied before validation, and a rule that cannot apply fails its operation alone',
  source: cite('P-Use C'),
  needs: { binding: 'request-mode', feature: 'transform' },
  guide: {
    why: ['If only some of the rules are applied, users are created in a form that no system expects.'],
    tested: [
      'Bulk requests create users with rules in `transform`, as the schema of the bulk options describes them: one request for each of `normalise`, `map`, `conditional`, `default` and `format`, and one with two rules, of which the second needs what the first has made. Each user who comes of it is read, and compared with a user who was created synchronously with the values that it should have; what that one does not show is not compared.',
      'A user without `userName`, which a rule makes from another attribute, has to be created. A value that `map` does not list has to fail its operation, and the others have to succeed.',
      'An unknown rule has to be refused with 400, or to fail its operation. Expressions are not tested. Judged only if `features` lists `transform`.',
    ],
    fix: [
      'Check all rules when the request arrives, and answer 400 if one of them is unknown.',
      'Apply the rules of `transform` in their order to the data of each operation that creates or replaces a user, and validate what comes of it.',
      'If a rule cannot be applied, fail only that operation with 400. Apply `default` only to a value that is missing, and `conditional` only if its condition is true.',
    ],
  },
  codes,
  from: [transform],
  judge: (trace) => together(...casesOf(trace).map((one) => judgeCase(trace, one))),
});
