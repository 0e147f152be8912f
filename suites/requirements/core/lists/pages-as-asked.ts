/** Part of CORE-13: what one page says about itself (RFC 7644 §3.4.2, §3.4.2.4). */
import type { Finding } from '../../../judging/judge.js';
import type { ListPage } from '../../../judging/list-page.js';
import type { KnownList } from './lists-read.js';

export const pageCodes = {
  'more-than-count': 'a page holds more resources than `count` asks for',
  'count-zero-shows-resources': 'a list shows resources although `count` is 0 or negative',
  'items-per-page-wrong': '`itemsPerPage` is not the number of resources on the page',
  'start-index-wrong': '`startIndex` is not the one that was asked for',
  'page-numbers-missing': '`startIndex` or `itemsPerPage` is missing on a page that shows only a part of the list',
  'total-results-wrong': '`totalResults` is not the number of all matches',
};

type Code = keyof typeof pageCodes;

/** A value below 1 means 1 (RFC 7644 §3.4.2.4). */
const wantedStart = ({ asked }: ListPage): number => Math.max(1, asked.startIndex ?? 1);

const wrongLength = ({ asked: { count }, length }: ListPage): [Code, string, string] | undefined => {
  const actual = `there are ${length}`;
  if (count === undefined) return undefined;
  if (count <= 0)
    return length > 0 ? ['count-zero-shows-resources', `no resources for count=${count}`, actual] : undefined;
  return length > count ? ['more-than-count', `at most ${count} resources`, actual] : undefined;
};

const wrongTotal = (
  { totalResults: total, length }: ListPage,
  { size, seen }: KnownList,
): [Code, string, string] | undefined => {
  if (total === undefined) return undefined;
  const least = Math.max(seen, length);
  if (total < least) return ['total-results-wrong', `totalResults of at least ${least}`, `it is ${total}`];
  if (size === undefined || total <= size) return undefined;
  return ['total-results-wrong', `totalResults of at most ${size}`, `it is ${total}`];
};

const wrongNumbers = (page: ListPage, { hasNoIndex, isRepeated }: KnownList): [Code, string, string][] => {
  const { length, itemsPerPage, startIndex, totalResults } = page;
  const isPart = length > 0 && totalResults !== undefined && length < totalResults;
  const found: [Code, string, string][] = [];
  if (itemsPerPage !== undefined && itemsPerPage !== length)
    found.push(['items-per-page-wrong', `itemsPerPage ${length}`, `it is ${itemsPerPage}`]);
  // A page by cursor has no index (RFC 9865 §2).
  const isByIndex = !page.hasCursor && !hasNoIndex;
  const missing = [
    ...(isByIndex && startIndex === undefined ? ['startIndex'] : []),
    ...(itemsPerPage === undefined && !page.hasCursor ? ['itemsPerPage'] : []),
  ];
  if (isPart && missing.length > 0)
    found.push([
      'page-numbers-missing',
      `startIndex and itemsPerPage, because ${length} of ${totalResults} are shown`,
      `there is no ${missing.join(' and no ')}`,
    ]);
  const isElsewhere = startIndex !== undefined && startIndex !== wantedStart(page);
  if (length > 0 && isByIndex && !isRepeated && isElsewhere)
    found.push(['start-index-wrong', `startIndex ${wantedStart(page)}`, `it is ${startIndex}`]);
  return found;
};

export const judgePage = (page: ListPage, known: KnownList): readonly Finding<Code>[] => {
  const length = wrongLength(page);
  const total = wrongTotal(page, known);
  return [
    ...(length === undefined ? [] : [length]),
    ...(total === undefined ? [] : [total]),
    ...wrongNumbers(page, known),
  ].map(([code, expected, actual]) => ({ code, expected, actual, exchanges: [page.exchange] }));
};
