/** Part of CORE-14: pages by cursor, each by itself and together (RFC 9865 §2). */
import { judgeEach, type Finding, type Judgement } from '../../../judging/judge.js';
import { shown } from '../../../judging/describe.js';
import { listPagesOf, type ListPage } from '../../../judging/list-page.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { ownListSteps } from '../../../scenarios/building-blocks/own-list.js';
import { cursorPagesSteps } from '../../../scenarios/synchronous/cursor-pages.js';
import { isUnavailable } from '../../../trace/answers.js';
import { isStep } from '../../../trace/step.js';
import { isAnswered } from '../../../trace/trace.js';
import { repeatedOn } from './lists-read.js';

export const cursorPageCodes = {
  'more-than-count': 'a page by cursor holds more resources than `count` asks for',
  'next-cursor-invalid': '`nextCursor` is no string, or an empty one',
  'cursor-characters': 'a cursor has characters that a URI has to encode',
  'next-cursor-missing': 'the first page shows only a part of the list and has no `nextCursor`',
  'resource-repeated': 'a page by cursor shows a resource that an earlier page has shown',
  'resource-missing': 'no page by cursor shows a resource that is in the list',
  'cursor-never-ends': 'every page has a `nextCursor`, although nothing new comes',
};

type Code = keyof typeof cursorPageCodes;

export const cursorPagesIn = (trace: TraceView): readonly ListPage[] =>
  listPagesOf(trace.variant(cursorPagesSteps.page, 'search'));

/** RFC 3986 §2.3. */
const unreserved = /^[\w.~-]*$/;

export const judgeCursorPage = ({ exchange, asked, length, nextCursor }: ListPage): readonly Finding<Code>[] => {
  const exchanges = [exchange];
  const found: Finding<Code>[] = [];
  if (asked.count !== undefined && length > asked.count)
    found.push({
      code: 'more-than-count',
      expected: `at most ${asked.count} resources`,
      actual: `there are ${length}`,
      exchanges,
    });
  const actual = `it is ${shown(nextCursor)}`;
  if (nextCursor === undefined) return found;
  if (typeof nextCursor !== 'string' || nextCursor === '')
    found.push({ code: 'next-cursor-invalid', expected: 'nextCursor to be a string or absent', actual, exchanges });
  else if (!unreserved.test(nextCursor))
    found.push({
      code: 'cursor-characters',
      level: 'SHOULD',
      expected: 'nextCursor to have unreserved characters only',
      actual,
      exchanges,
    });
  return found;
};

const hasNext = ({ nextCursor }: ListPage): boolean => typeof nextCursor === 'string' && nextCursor !== '';

/** All pages of the own list, if it can be told that no page was lost; then they are judged together. */
const traversalsIn = (trace: TraceView): readonly (readonly ListPage[])[] => {
  const pages = cursorPagesIn(trace);
  const asked = trace
    .all()
    .filter((exchange) => isStep(exchange, cursorPagesSteps.page))
    .filter((exchange) => !isAnswered(exchange) || !isUnavailable(exchange));
  const isWhole = pages.length > 0 && pages.length === asked.length;
  const isShort = pages.every(({ length, asked: { count = length } }) => length <= count);
  const isOwn = pages.every(({ asked: { filter } }) => filter !== undefined);
  return isWhole && isShort && isOwn ? [pages] : [];
};

const together = (trace: TraceView, pages: readonly ListPage[]): Finding<Code> | undefined => {
  const exchanges = pages.map(({ exchange }) => exchange);
  const again = pages.find((page) => repeatedOn(page, pages).length > 0);
  const shownIds = new Set(pages.flatMap(({ ids }) => ids));
  const [last] = pages.slice(-1);
  if (again !== undefined) {
    const actual = `this page shows ${JSON.stringify(repeatedOn(again, pages))} again`;
    const until = exchanges.slice(0, pages.indexOf(again) + 1);
    return { code: 'resource-repeated', expected: 'each resource on one page', actual, exchanges: until };
  }
  if (last === undefined) return undefined;
  if (hasNext(last))
    return {
      code: 'cursor-never-ends',
      expected: 'the last page to have no nextCursor',
      actual: `page ${pages.length} still has one, after ${shownIds.size} resources`,
      exchanges,
    };
  const trials = listPagesOf(trace.variant(ownListSteps.trial, 'search'));
  const known = trials.filter(({ asked }) => asked.filter === last.asked.filter).flatMap(({ ids }) => ids);
  const lacking = known.filter((id) => !shownIds.has(id));
  if (lacking.length === 0) return undefined;
  const isFirst = pages.length === 1;
  return {
    code: isFirst ? 'next-cursor-missing' : 'resource-missing',
    expected: isFirst ? 'a nextCursor, because there are more resources' : 'the pages to show every match',
    actual: isFirst ? 'there is none' : `no page shows ${JSON.stringify(lacking)}`,
    exchanges,
  };
};

export const judgeCursors = (trace: TraceView): Judgement<Code> =>
  judgeEach(
    // A cursor that cannot be followed has its own finding.
    traversalsIn(trace).filter((pages) =>
      pages.every(
        ({ nextCursor }) => nextCursor === undefined || (typeof nextCursor === 'string' && nextCursor !== ''),
      ),
    ),
    (pages) => together(trace, pages),
  );
