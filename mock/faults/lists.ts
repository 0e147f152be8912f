/** Faults of lists and their pages by index: CORE-13. */
import type { Find } from '../http/http-seams.js';
import { isJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import type { Query } from '../resources/query.js';
import { without } from './answers.js';
import type { Fault } from './fault.js';

/** A fault that answers queries by GET in its own way. */
export const searching =
  (search: (query: Query, find: Find) => Promise<Json>): Fault['seams'] =>
  (base) => ({
    search: (query, find, method) =>
      method === 'GET' ? search(query, (asked) => base.search(asked, find, method)) : base.search(query, find, method),
  });

export const resourcesIn = ({ Resources }: Json): readonly Json[] =>
  Array.isArray(Resources) ? Resources.filter(isJson) : [];

const isByIndex = ({ cursor }: Query): boolean => cursor === undefined;

/** A fault that asks another query than the client. */
const asking = (change: (query: Query) => Query): Fault['seams'] => searching((query, find) => find(change(query)));

/** A fault that changes lists. */
const showing = (change: (list: Json, query: Query) => Json): Fault['seams'] =>
  searching(async (query, find) => {
    const list = await find(query);
    return isByIndex(query) ? change(list, query) : list;
  });

const startOf = ({ startIndex = '1' }: Query): number => Math.max(1, Number(startIndex));

/** Answers the page that this function cuts from all matches. */
const cutting = (cut: (all: readonly Json[], query: Query, count: number) => readonly Json[]): Fault['seams'] =>
  searching(async (query, find) => {
    const list = await find(query);
    if (!isByIndex(query) || query.count === undefined || Number(query.count) < 1) return list;
    const all = resourcesIn(await find({ ...query, startIndex: undefined, count: undefined }));
    const Resources = cut(all, query, Number(query.count));
    return { ...list, itemsPerPage: Resources.length, Resources };
  });

/** Answers an invalid filter in this way. */
const onInvalidFilter = (answer: (query: Query, find: Find) => Promise<Json>): Fault['seams'] =>
  searching(async (query, find) => {
    try {
      return await find(query);
    } catch (error) {
      if (!(error instanceof Problem) || error.scimType !== 'invalidFilter') throw error;
      return answer(query, find);
    }
  });

export const listFaults: readonly Fault[] = [
  {
    name: 'count-ignored',
    title: 'pages that hold the whole list, because count is not read',
    breaks: ['CORE-13'],
    seams: asking((query) => (isByIndex(query) ? { ...query, count: undefined } : query)),
  },
  {
    name: 'startindex-ignored',
    title: 'the first page whatever the startIndex',
    breaks: ['CORE-13'],
    seams: asking((query) => ({ ...query, startIndex: undefined })),
  },
  {
    name: 'count-of-zero-shows-all',
    title: 'the whole list for a count of 0, which is taken for no count',
    breaks: ['CORE-13'],
    seams: asking((query) => (isByIndex(query) && query.count === '0' ? { ...query, count: undefined } : query)),
  },
  {
    name: 'itemsperpage-as-asked-for',
    title: 'itemsPerPage that repeats the count of the request',
    breaks: ['CORE-13'],
    seams: showing((list, { count }) => (count === undefined ? list : { ...list, itemsPerPage: Number(count) })),
  },
  {
    name: 'startindex-counts-from-zero',
    title: 'a startIndex in answers that counts from 0',
    breaks: ['CORE-13'],
    seams: showing((list) => ({ ...list, startIndex: Number(list.startIndex) - 1 })),
  },
  {
    name: 'page-without-startindex',
    title: 'pages without startIndex',
    breaks: ['CORE-13'],
    seams: showing((list) => without(list, 'startIndex')),
  },
  {
    name: 'totalresults-of-the-page',
    title: 'totalResults that is the number of resources on the page',
    breaks: ['CORE-13'],
    seams: showing((list) => ({ ...list, totalResults: resourcesIn(list).length })),
  },
  {
    name: 'pages-in-changing-order',
    title: 'pages of a list that has another order for each page',
    breaks: ['CORE-13'],
    seams: cutting((all, query, count) => {
      const start = startOf(query);
      const ordered = start % 4 === 3 ? all.toReversed() : all;
      return ordered.slice(start - 1, start - 1 + count);
    }),
  },
  {
    name: 'page-begins-one-late',
    title: 'pages after the first that begin one resource too late',
    breaks: ['CORE-13'],
    seams: cutting((all, query, count) => {
      const offset = startOf(query) === 1 ? 0 : startOf(query);
      return all.slice(offset, offset + count);
    }),
  },
  {
    name: 'negative-count-refused',
    title: '400 to a negative count',
    breaks: ['CORE-13'],
    seams: searching((query, find) => {
      if (isByIndex(query) && Number(query.count) < 0) throw new Problem(400, 'count is negative.', 'invalidValue');
      return find(query);
    }),
  },
  {
    name: 'invalid-filter-finds-all',
    title: 'the whole list for a filter that cannot be parsed',
    breaks: ['CORE-13'],
    // Filters of booleans by order are invalid, too.
    entails: ['CORE-17'],
    seams: onInvalidFilter((query, find) => find({ ...query, filter: undefined })),
  },
  {
    name: 'invalid-filter-is-unprocessable',
    title: '422 for a filter that cannot be parsed',
    breaks: ['CORE-13'],
    seams: onInvalidFilter(() => Promise.reject(new Problem(422, 'The filter cannot be understood.', 'invalidFilter'))),
  },
  {
    name: 'invalid-filter-is-an-invalid-value',
    title: 'an error with the scimType invalidValue for a filter that cannot be parsed',
    breaks: ['CORE-13'],
    seams: onInvalidFilter(() => Promise.reject(new Problem(400, 'The filter cannot be understood.', 'invalidValue'))),
  },
];
