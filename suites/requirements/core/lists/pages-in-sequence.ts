/** Part of CORE-13: what pages show together, and which values of `startIndex` and `count` are read (RFC 7644 §3.4.2.4). */
import { judgeEach, type Finding, type Judgement } from '../../../judging/judge.js';
import type { ListPage } from '../../../judging/list-page.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { listPagesSteps } from '../../../scenarios/synchronous/list-pages.js';
import { isUnavailable } from '../../../trace/answers.js';
import { responseObject } from '../../../trace/message.js';
import { isStep, type Step } from '../../../trace/step.js';
import { isAnswered, type Answered } from '../../../trace/trace.js';
import { repeatedOn, type ListsRead } from './lists-read.js';

export const sequenceCodes = {
  'resource-repeated': 'a page shows a resource that an earlier page has shown',
  'resource-missing': 'no page shows a resource that is in the list',
  'start-index-misread': '`startIndex` is ignored, or a value below 1 is not read as 1',
  'value-refused': '`count=0`, a negative `count` or a `startIndex` below 1 is refused',
};

type Code = keyof typeof sequenceCodes;

const steps = listPagesSteps;

const ofStep = ({ judged }: ListsRead, ...wanted: readonly Step[]): readonly ListPage[] =>
  judged.filter(({ exchange, asked }) => asked.filter !== undefined && isStep(exchange, ...wanted));

const exchangesOf = (pages: readonly ListPage[]): readonly Answered[] => pages.map(({ exchange }) => exchange);

/** Whether the query was served as pages by index, and cut at all: the other cases have findings of their own. */
const isByIndex = ({ hasCursor, length, asked: { count = length } }: ListPage): boolean =>
  !hasCursor && length <= count;

/** How many pages were asked for, without those that the target asked to repeat. */
const pagesAsked = (trace: TraceView): number =>
  trace
    .all()
    .filter((exchange) => isStep(exchange, steps.page))
    .filter((exchange) => !isAnswered(exchange) || !isUnavailable(exchange)).length;

const repeated = (pages: readonly ListPage[]): Finding<Code> | undefined => {
  const again = pages.find((page) => repeatedOn(page, pages).length > 0);
  if (again === undefined) return undefined;
  const until = pages.slice(0, pages.indexOf(again) + 1);
  const actual = `this page shows ${JSON.stringify(repeatedOn(again, pages))} again`;
  return { code: 'resource-repeated', expected: 'each resource on one page', actual, exchanges: exchangesOf(until) };
};

const missing = (pages: readonly ListPage[], { shownBy }: ListsRead): Finding<Code> | undefined => {
  const [first, last] = [pages[0], pages.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const shown = new Set(pages.flatMap(({ ids }) => ids));
  const lacking = [...shownBy(first, 'without')].filter((id) => !shown.has(id));
  const isShort = last.length === 0 && (last.totalResults ?? 0) > shown.size;
  if (lacking.length === 0 && !isShort) return undefined;
  const actual =
    lacking.length > 0
      ? `no page shows ${JSON.stringify(lacking)}`
      : `they end after ${shown.size} of ${last.totalResults}`;
  return { code: 'resource-missing', expected: 'the pages to show every match', actual, exchanges: exchangesOf(pages) };
};

/** A startIndex that leads somewhere else, with what it should lead to. */
const misread = (page: ListPage, lists: ListsRead): Finding<Code> | undefined => {
  const { startIndex = 1 } = page.asked;
  const wrong = (expected: string, actual: string, ...before: readonly ListPage[]): Finding<Code> => ({
    code: 'start-index-misread',
    expected,
    actual,
    exchanges: exchangesOf([...before, page]),
  });
  if (startIndex >= 1) {
    const most = Math.max(0, lists.size - startIndex + 1);
    return page.length <= most
      ? undefined
      : wrong(
          `at most ${most} of ${lists.size} resources from startIndex ${startIndex} on`,
          `there are ${page.length}`,
        );
  }
  const [first] = ofStep(lists, steps.page);
  if (first === undefined || first.length !== page.length || first.ids.every((id) => page.ids.includes(id)))
    return undefined;
  return wrong(
    `startIndex ${startIndex} to lead to the first resource`,
    `it leads to ${JSON.stringify(page.ids)}`,
    first,
  );
};

export const judgeSequence = (trace: TraceView, lists: ListsRead): Judgement<Code> => {
  if (trace.target.capabilities.index === false) return { exercised: 0, findings: [] };
  const pages = ofStep(lists, steps.page);
  const isWhole = pages.length === pagesAsked(trace) && pages.every(isByIndex);
  const traversals = isWhole && pages.length > 0 ? [pages] : [];
  const others = ofStep(lists, steps.rest, steps.beyond, steps.belowOne).filter(isByIndex);
  const [ofPages, ofOthers] = [
    judgeEach(traversals, (each) => repeated(each) ?? missing(each, lists)),
    judgeEach(others, (page) => misread(page, lists)),
  ];
  return {
    exercised: ofPages.exercised + ofOthers.exercised,
    findings: [...ofPages.findings, ...ofOthers.findings],
  };
};

/** A provider with cursors may have no use for a count below 1 (RFC 9865 §3). */
const mayRefuse = (trace: TraceView, refusal: Answered): boolean =>
  refusal.response.status === 403 ||
  (responseObject(refusal)?.scimType === 'invalidCount' && trace.target.capabilities.cursor === true);

/** Refusals of values that have a meaning, by a provider that serves the list otherwise. */
export const judgeRefusals = (trace: TraceView, { judged }: ListsRead): Judgement<Code> => {
  const isServed = judged.some(({ exchange }) => isStep(exchange, steps.page));
  const refused = trace
    .answered('search')
    .filter((search) => isStep(search, steps.zero, steps.negative, steps.belowOne))
    .filter(({ response: { status } }) => status >= 400 && status < 500)
    .filter((search) => isServed && !mayRefuse(trace, search));
  return judgeEach(refused, (search) => ({
    code: 'value-refused',
    expected: 'a startIndex below 1 to be read as 1, and a count below 0 as 0',
    actual: `the answer is ${search.response.status}`,
    exchanges: [search],
  }));
};
