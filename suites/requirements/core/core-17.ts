/**
 * CORE-17. A filter finds what it says, and nothing else. The users are compared as the provider shows them, so that it
 * does not matter what it kept of them. A filter that a provider refuses is not judged.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { factsOf, pathNames } from '../../filters/attribute-paths.js';
import { isNotEqualToNothing, ordersBooleans } from '../../filters/evaluate-filter.js';
import type { Comparison } from '../../filters/filter.js';
import { differenceOf, isRight, wholeList } from '../../filters/shown-users.js';
import { type Ambiguity, type Finding, judgeEach } from '../../judging/judge.js';
import { filters } from '../../scenarios/synchronous/filters.js';
import { judgedIn, type Judged, type Question, type Verdict } from './lists/filter-questions.js';

const codes = {
  'equality-wrong': 'a filter with `eq` does not find exactly the resources that have the value',
  'inequality-wrong':
    'a filter with `ne` finds a resource that has only the value, or misses one that has another value',
  'part-of-text-wrong':
    'a filter with `co`, `sw` or `ew` does not find exactly the resources whose value contains, begins or ends with the text',
  'presence-wrong': 'a filter with `pr` does not find exactly the resources that have a value',
  'order-wrong': 'a filter with `gt`, `ge`, `lt` or `le` does not compare texts in their order',
  'dates-wrong': 'a filter with a date does not compare moments',
  'letters-of-values-wrong': 'a filter treats capitals in values in another way than `caseExact` says',
  'value-path-wrong': 'a filter in brackets is not applied to each single value',
  'not-wrong': 'a filter with `not` does not find exactly what the filter inside it does not find',
  'logic-wrong': 'filters joined with `and`, `or` and parentheses do not find what they mean',
  'names-in-capitals-wrong':
    'a filter with names of attributes or operators in capitals is refused, or finds something else',
  'found-twice': 'a filter finds a resource more than once',
  'order-of-booleans': 'a filter with `gt`, `ge`, `lt` or `le` and a boolean attribute is answered with a list',
  'refused-part-answered':
    'a filter that is refused where it stands alone is answered with a wrong list where `and` joins it with another',
  'filter-fails': 'a valid filter is answered with a server error',
};

type Code = keyof typeof codes;

const operatorCodes: Record<Comparison['operator'], Code> = {
  eq: 'equality-wrong',
  ne: 'inequality-wrong',
  co: 'part-of-text-wrong',
  sw: 'part-of-text-wrong',
  ew: 'part-of-text-wrong',
  gt: 'order-wrong',
  ge: 'order-wrong',
  lt: 'order-wrong',
  le: 'order-wrong',
};

type Wrong = Extract<Verdict, { type: 'wrong' }>;

/** Whether the answer is right if values are compared the other way. */
const isOfLetters = ({ filter, oracle }: Question, { found }: Wrong): boolean =>
  (['exact', 'ignored'] as const).some((letterCase) => isRight(differenceOf(filter, found, oracle, letterCase)));

const codeOf = (question: Question, wrong: Wrong): Code => {
  const { filter, isInCapitals, oracle } = question;
  const { missing, surplus } = wrong.difference;
  if (missing.length + surplus.length === 0) return 'found-twice';
  if (isInCapitals) return 'names-in-capitals-wrong';
  switch (filter.kind) {
    case 'compare':
      if (factsOf(oracle.schemas, pathNames(filter.path)).isDate) return 'dates-wrong';
      return isOfLetters(question, wrong) ? 'letters-of-values-wrong' : operatorCodes[filter.operator];
    case 'present':
      return 'presence-wrong';
    case 'not':
      return 'not-wrong';
    case 'value path':
      return 'value-path-wrong';
    default:
      return 'logic-wrong';
  }
};

const listed = (names: readonly string[]): string => JSON.stringify(names.slice(0, 5));

const inWords = ({ missing, surplus, repeated }: Wrong['difference']): string =>
  [
    ...(missing.length === 0 ? [] : [`it does not find ${listed(missing)}`]),
    ...(surplus.length === 0 ? [] : [`it finds ${listed(surplus)}`]),
    ...(repeated.length === 0 ? [] : [`it finds ${listed(repeated)} more than once`]),
  ].join(', and ');

const findingOf = ({ question, verdict, isNews }: Judged): Finding<Code> | undefined => {
  const { text, shownBy, filter, oracle, isInCapitals, answers } = question;
  const answered = answers.findLast(({ response }) => response.status === 200);
  if (answered !== undefined && ordersBooleans(filter, oracle.schemas))
    return {
      code: 'order-of-booleans',
      expected: `400 with invalidFilter to ${text}`,
      actual: 'the answer is 200',
      exchanges: [answered],
    };
  if (!isNews || verdict.type === 'right' || verdict.type === 'unknown') return undefined;
  const { last } = verdict;
  const { status } = last.response;
  if (verdict.type === 'failed')
    return {
      code: 'filter-fails',
      expected: `a list, or 400 with invalidFilter, to ${text}`,
      actual: `the answer is ${status}`,
      exchanges: [last],
    };
  if (verdict.type === 'refused')
    return isInCapitals
      ? {
          code: 'names-in-capitals-wrong',
          expected: `${text} to be understood as in small letters`,
          actual: `the answer is ${status}`,
          exchanges: [last],
        }
      : undefined;
  if (question.refusedAlone !== undefined)
    return {
      code: 'refused-part-answered',
      expected: `${question.ours} and ${text} to be refused like ${text}, or to find the users that match both`,
      actual: inWords(verdict.difference),
      exchanges: [shownBy, question.refusedAlone, last],
    };
  return {
    code: codeOf(question, verdict),
    expected: `${text} to find exactly the users that match it`,
    actual: inWords(verdict.difference),
    exchanges: [shownBy, last],
  };
};

/** RFC 7644 does not say whether no value is unequal to a value; to the letter, it is. */
const ambiguityOf = ({ filter, answers, oracle }: Question): Ambiguity[] => {
  const without = oracle.users.filter((user) => isNotEqualToNothing(filter, { ...user, schemas: oracle.schemas }));
  const found = answers.flatMap((answer) => wholeList(answer) ?? []).map(({ id }) => id);
  const isAsWritten = without.every(({ id }) => found.includes(id));
  return isAsWritten || answers.every((answer) => wholeList(answer) === undefined)
    ? []
    : [
        {
          point: 'whether `ne` matches a resource that does not have the attribute (RFC 7644 §3.4.2.2)',
          readings: ['it does, because no value is not identical', 'it does not, because there is nothing to compare'],
          seen: 'does not find such resources',
        },
      ];
};

/** That the provider finds the users of the trace is no filter that was tested, as long as it is right. */
const isExercised = (judged: Judged): boolean =>
  findingOf(judged) !== undefined ||
  (judged.verdict.type === 'right' && judged.isNews && judged.question.text !== judged.question.ours);

export const core17 = defineRequirement({
  id: 'CORE-17',
  since: '1.1',
  level: 'MUST',
  title: 'filters, where advertised: the operators, `and`/`or`/`not`, value paths, letter case by `caseExact`',
  source: cite('RFC 7644 §3.4.2.2'),
  needs: { capability: 'filter' },
  guide: {
    why: [
      'Clients decide by filters whose account is created, changed or deleted.',
      'A filter that finds too little leaves accounts open that should be closed, and one that finds too much changes those of others; neither looks like an error.',
    ],
    tested: [
      'Four users with different attributes are created and listed, and random filters are sent, each joined by `and` with one that only these users match: all operators, `and`, `or`, `not`, parentheses, value paths, attributes with a URN, dates in other time zones, quotes and backslashes, and names and operators in capitals.',
      'Each list has to hold exactly the users that match, as the provider itself shows them; a list that does not is asked for again after half a second, and then the filter alone: if it is refused there, the finding is about `and`.',
      'A filter is judged only if the filters that it consists of were answered right. One that is refused with a 4xx or 501 is not judged, unless only the spelling in capitals is refused; if all are refused, the outcome is inconclusive.',
      'Not judged are the order of texts that depends on a language, accents, whether `ne` matches an absent attribute or some of several values, and capitals where `/Schemas` and RFC 7643 disagree on `caseExact`.',
    ],
    fix: [
      'Parse filters into a tree; `not` binds tighter than `and`, and `and` tighter than `or`.',
      'Escape `%`, `_` and `\\` when you make a `LIKE` of `co`, `sw` or `ew`.',
      'A comparison with an absent attribute is false, so that `not` makes it true: in SQL this needs more than `NOT`, because of NULL.',
      'Apply the filter in brackets to one value of the list at a time.',
      'Compare dates as moments, and texts by `caseExact`.',
      'Answer 400 with `invalidFilter` to what you do not support.',
    ],
  },
  codes,
  from: [filters],
  judge: (trace) => {
    const judged = judgedIn(trace).filter(isExercised);
    const ambiguities = judged.flatMap(({ question }) => ambiguityOf(question)).slice(0, 1);
    return { ...judgeEach(judged, findingOf), ...(ambiguities.length === 0 ? {} : { ambiguities }) };
  },
});
