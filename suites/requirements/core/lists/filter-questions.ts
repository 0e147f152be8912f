/** The filters that a trace asks for, each with its answers and with the parts that it consists of. For CORE-17. */
import { parseFilter } from '../../../filters/parse-filter.js';
import { partsOf, printed, type Filter } from '../../../filters/filter.js';
import {
  differenceOf,
  isRight,
  shownIn,
  wholeList,
  type CreatedUser,
  type Difference,
  type Oracle,
} from '../../../filters/shown-users.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { schemaDefinitions } from '../../../provider/schema-definitions.js';
import { filterSteps } from '../../../scenarios/synchronous/filters.js';
import { succeeded } from '../../../trace/answers.js';
import { isObject, requestJson, responseObject, type JsonObject } from '../../../trace/message.js';
import { isStep } from '../../../trace/step.js';
import { isAnswered, type Answered } from '../../../trace/trace.js';

export interface Question {
  /** Without what only the users of the trace match. */
  readonly filter: Filter;
  /** As it was sent. */
  readonly text: string;
  readonly isInCapitals: boolean;
  /** To the same question, one after the other. */
  readonly answers: readonly Answered[];
  /** The text of the filter that only the users of the trace match. */
  readonly ours: string;
  /** The answer that refuses the filter where it stands alone. */
  readonly refusedAlone?: Answered;
  readonly oracle: Oracle;
  /** The list that shows the users. */
  readonly shownBy: Answered;
}

const filterOf = ({ request }: Answered): string => new URL(request.url).searchParams.get('filter') ?? '';

const createdIn = (trace: TraceView): CreatedUser[] =>
  trace
    .all()
    .filter(isAnswered)
    .filter((exchange) => exchange.purpose === 'create' && succeeded(exchange))
    .flatMap((exchange) => {
      const sent = requestJson(exchange);
      return exchange.subject !== undefined && isObject(sent) ? [{ userName: exchange.subject, sent }] : [];
    });

interface Shown {
  /** The filter that finds the users and nobody else. */
  readonly ours: string;
  readonly oracle: Oracle;
  readonly shownBy: Answered;
}

const shownBefore = (trace: TraceView): Shown | undefined => {
  const created = createdIn(trace);
  const [answer] = trace.variant(filterSteps.schemas);
  const schemas = answer?.response.status === 200 ? schemaDefinitions(responseObject(answer)) : [];
  for (const shownBy of trace.variant(filterSteps.onlyOurs)) {
    const users = shownIn(shownBy, created);
    if (users !== undefined && users.length > 0)
      return { ours: filterOf(shownBy), oracle: { users, schemas }, shownBy };
  }
  return undefined;
};

/** Every filter in its order, with all its answers. */
export const questionsIn = (trace: TraceView): Question[] => {
  const shown = shownBefore(trace);
  if (shown === undefined) return [];
  const { ours } = shown;
  const byText = new Map<string, Answered[]>();
  const alone = trace.variant(filterSteps.alone, 'search').filter(isRefusal);
  for (const answer of trace.answered('search')) {
    if (isStep(answer, filterSteps.alone)) continue;
    const text = filterOf(answer);
    byText.set(text, [...(byText.get(text) ?? []), answer]);
  }
  return [...byText].flatMap(([whole, answers]): Question[] => {
    const [first] = answers;
    if (first === undefined) return [];
    const isOurs = isStep(first, filterSteps.onlyOurs);
    if (!isOurs && !whole.startsWith(`${ours} and `)) return [];
    const text = isOurs ? whole : whole.slice(`${ours} and `.length);
    const filter = parseFilter(text);
    if (filter === undefined) return [];
    const refusedAlone = alone.find((answer) => filterOf(answer) === printed(filter));
    const refusal = refusedAlone === undefined ? {} : { refusedAlone };
    return [{ ...refusal, filter, text, isInCapitals: isStep(first, filterSteps.inCapitals), answers, ...shown }];
  });
};

export type Verdict =
  | { readonly type: 'right' }
  | {
      readonly type: 'wrong';
      readonly found: readonly JsonObject[];
      readonly difference: Difference;
      readonly last: Answered;
    }
  | { readonly type: 'failed'; readonly last: Answered }
  | { readonly type: 'refused'; readonly last: Answered }
  /** Nothing can be said: no list, or one whose other pages are unknown, or users about which the text is open. */
  | { readonly type: 'unknown' };

/** 500 and others of its kind; the rest may be a provider that is busy, or that says that it does not support the filter. */
const isFailure = ({ response: { status } }: Answered): boolean =>
  status >= 500 && ![501, 502, 503, 504].includes(status);

/** Answers with which a provider says that it does not support a filter (RFC 7644 §3.4.2.2, §3.12). */
const isRefusal = ({ response: { status } }: Answered): boolean => [400, 501].includes(status);

/** A search may lag behind writes: what is wrong has to be so twice. */
export const verdictOf = ({ filter, answers, oracle }: Question): Verdict => {
  const last = answers.at(-1);
  if (last === undefined) return { type: 'unknown' };
  if (isRefusal(last)) return { type: 'refused', last };
  if (answers.length > 1 && answers.every(isFailure)) return { type: 'failed', last };
  const lists = answers.flatMap((answer) => {
    const found = wholeList(answer);
    return found === undefined ? [] : [{ last: answer, found, difference: differenceOf(filter, found, oracle) }];
  });
  const right = lists.find(({ difference }) => isRight(difference));
  if (right !== undefined) return { type: right.difference.known > 0 ? 'right' : 'unknown' };
  const wrong = lists.at(-1);
  return wrong === undefined || lists.length < 2 ? { type: 'unknown' } : { type: 'wrong', ...wrong };
};

const inOneSpelling = (filter: Filter): string => {
  switch (filter.kind) {
    case 'compare':
    case 'present':
      return printed({ ...filter, path: filter.path.toLowerCase() });
    case 'not':
      return `not(${inOneSpelling(filter.part)})`;
    case 'value path':
      return `${filter.path.toLowerCase()}[${inOneSpelling(filter.part)}]`;
    default:
      return `(${filter.parts.map(inOneSpelling).join(` ${filter.kind} `)})`;
  }
};

export interface Judged {
  readonly question: Question;
  readonly verdict: Verdict;
  /** Whether the answers to all its parts, and to the same filter in its usual spelling, are right. */
  readonly isNews: boolean;
}

export const judgedIn = (trace: TraceView): Judged[] => {
  const all = questionsIn(trace).map((question) => ({ question, verdict: verdictOf(question) }));
  const right = new Set(
    all
      .filter(({ question, verdict }) => !question.isInCapitals && verdict.type === 'right')
      .map(({ question }) => inOneSpelling(question.filter)),
  );
  return all.map(({ question, verdict }) => {
    const before = [...partsOf(question.filter), ...(question.isInCapitals ? [question.filter] : [])];
    return { question, verdict, isNews: before.every((filter) => right.has(inOneSpelling(filter))) };
  });
};
