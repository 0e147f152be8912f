/** Part of CORE-15: a query by POST shows what the same query by GET shows (RFC 7644 §3.4.3). */
import { urn } from '../../../../schemas/names.js';
import { judgeEach, together, type Finding, type Judgement } from '../../../judging/judge.js';
import { listPageOf } from '../../../judging/list-page.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { searchByPostSteps } from '../../../scenarios/synchronous/search-by-post.js';
import { responseObject } from '../../../trace/message.js';
import type { Answered } from '../../../trace/trace.js';

export const searchCodes = {
  'search-refused': 'a query by POST is answered neither 200 nor as something that is not served',
  'search-is-no-list': 'a query by POST is answered 200 without a ListResponse',
  'search-finds-others': 'a query by POST finds other resources than the same query by GET',
  'search-ignores-count': 'a query by POST shows more resources than its `count` asks for',
};

type Code = keyof typeof searchCodes;

const { filterByGet, filterByPost, filterAtRoot, pageByGet, pageByPost } = searchByPostSteps;

/** Not allowed, or not served. ERR-09 judges other 5xx. */
const isJudged = ({ response: { status } }: Answered): boolean =>
  ![401, 403, 404, 405].includes(status) && status < 500;

/** A provider may refuse the query itself, such as one without a filter (`tooMany`): that says nothing about POST. */
const isRefusedToo = (search: Answered, get: Answered | undefined): boolean =>
  search.response.status >= 400 && get !== undefined && get.response.status >= 400;

const isList = (search: Answered): boolean => {
  const schemas = responseObject(search)?.schemas;
  return Array.isArray(schemas) && schemas.includes(urn.listResponse);
};

const idsOf = (search: Answered): readonly string[] => listPageOf(search)?.ids.toSorted() ?? [];

/** The findings that need no query by GET. */
const unusable = (search: Answered): Finding<Code> | undefined => {
  const { status } = search.response;
  const exchanges = [search];
  if (status !== 200)
    return {
      code: 'search-refused',
      expected: 'a query by POST to be answered 200',
      actual: `it is ${status}`,
      exchanges,
    };
  return isList(search)
    ? undefined
    : { code: 'search-is-no-list', expected: 'a ListResponse', actual: 'the answer is none', exchanges };
};

const finds = (search: Answered, get: Answered | undefined): Finding<Code> | undefined => {
  // CORE-06 judges what GET finds.
  if (get === undefined || !isList(get)) return undefined;
  const [wanted, found] = [idsOf(get), idsOf(search)];
  return JSON.stringify(wanted) === JSON.stringify(found)
    ? undefined
    : {
        code: 'search-finds-others',
        expected: `to find ${JSON.stringify(wanted)}, as GET does`,
        actual: `it finds ${JSON.stringify(found)}`,
        exchanges: [get, search],
      };
};

const counts = (search: Answered, get: Answered | undefined): Finding<Code> | undefined => {
  const length = listPageOf(search)?.length ?? 0;
  // CORE-13 judges the count of GET.
  const isKept = get !== undefined && listPageOf(get)?.length === 1;
  return !isKept || length <= 1
    ? undefined
    : {
        code: 'search-ignores-count',
        expected: 'at most one resource for a count of 1',
        actual: `there are ${length}`,
        exchanges: [search],
      };
};

export const judgeSearches = (trace: TraceView): Judgement<Code> => {
  const [byGet] = trace.variant(filterByGet, 'search');
  const [page] = trace.variant(pageByGet, 'search');
  const served = (step: typeof filterByPost, get: Answered | undefined): readonly Answered[] =>
    trace.variant(step, 'search').filter((search) => isJudged(search) && !isRefusedToo(search, get));
  // A query of everything may be too broad, or have a filter that some resource types do not understand.
  const atRoot = served(filterAtRoot, byGet).filter(({ response }) => response.status !== 400);
  return together(
    judgeEach(served(filterByPost, byGet), (search) => unusable(search) ?? finds(search, byGet)),
    judgeEach(atRoot, (search) => unusable(search) ?? finds(search, byGet)),
    judgeEach(served(pageByPost, page), (search) => unusable(search) ?? counts(search, page)),
  );
};
