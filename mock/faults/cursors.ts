/** Faults of pages by cursor (RFC 9865): CORE-14. */
import type { Json } from '../json.js';
import { Problem } from '../problem.js';
import type { Query } from '../resources/query.js';
import { without } from './answers.js';
import type { Fault } from './fault.js';
import { resourcesIn, searching } from './lists.js';

/** A fault that changes pages by cursor. */
const turning = (change: (page: Json, query: Query & { readonly cursor: string }) => Json): Fault['seams'] =>
  searching(async (query, find) => {
    const page = await find(query);
    return query.cursor === undefined ? page : change(page, { ...query, cursor: query.cursor });
  });

const invalidCursor = (): Problem => new Problem(400, 'This query has no such cursor.', 'invalidCursor');

export const cursorFaults: readonly Fault[] = [
  {
    name: 'count-ignored-with-a-cursor',
    title: 'pages by cursor that hold the whole list',
    breaks: ['CORE-14'],
    seams: searching((query, find) => find(query.cursor === undefined ? query : { ...query, count: undefined })),
  },
  {
    name: 'first-page-without-a-cursor',
    title: 'a first page by cursor without nextCursor',
    breaks: ['CORE-14'],
    seams: turning((page, { cursor }) => (cursor === '' ? without(page, 'nextCursor') : page)),
  },
  {
    name: 'cursor-in-base64',
    title: 'cursors that a URI has to encode',
    breaks: ['CORE-14'],
    seams: turning((page) =>
      typeof page.nextCursor === 'string' ? { ...page, nextCursor: `${page.nextCursor}==` } : page,
    ),
  },
  {
    name: 'cursor-that-never-ends',
    title: 'a last page by cursor with a nextCursor that leads to itself',
    breaks: ['CORE-14'],
    seams: turning((page, { cursor }) => {
      if (page.nextCursor !== undefined || cursor === '') return page;
      const isAgain = resourcesIn(page).length < 2;
      return { ...page, nextCursor: cursor, ...(isAgain ? { Resources: [], itemsPerPage: 0 } : {}) };
    }),
  },
  {
    name: 'cursor-is-a-number',
    title: 'a nextCursor that is a number',
    breaks: ['CORE-14'],
    seams: turning((page) => (page.nextCursor === undefined ? page : { ...page, nextCursor: 2 })),
  },
  {
    name: 'cursor-empty-at-the-end',
    title: 'an empty nextCursor on the last page, which leads to the first',
    breaks: ['CORE-14'],
    seams: turning((page) => ({ nextCursor: '', ...page })),
  },
  {
    name: 'cursor-repeats-a-resource',
    title: 'pages by cursor that begin with the last resource of the page before',
    breaks: ['CORE-14'],
    seams: (base, environment) => {
      const last = new Map<unknown, Json | undefined>();
      return turning((page, { cursor }) => {
        last.set(page.nextCursor, resourcesIn(page).at(-1));
        const before = last.get(cursor);
        if (cursor === '' || before === undefined) return page;
        return { ...page, Resources: [before, ...resourcesIn(page).slice(1)] };
      })(base, environment);
    },
  },
  {
    name: 'cursor-skips-a-resource',
    title: 'pages by cursor that begin one resource too late',
    breaks: ['CORE-14'],
    seams: turning((page, { cursor }) => {
      if (cursor === '') return page;
      const Resources = resourcesIn(page).slice(1);
      return { ...page, itemsPerPage: Resources.length, Resources };
    }),
  },
  {
    name: 'empty-cursor-refused',
    title: '400 to an empty cursor',
    breaks: ['CORE-14'],
    seams: searching((query, find) => (query.cursor === '' ? Promise.reject(invalidCursor()) : find(query))),
  },
  {
    name: 'cursor-of-another-process',
    title: '400 to the cursor of the page before, which only the process that made it knows',
    breaks: ['CORE-14'],
    seams: searching((query, find) =>
      query.cursor === undefined || query.cursor === '' ? find(query) : Promise.reject(invalidCursor()),
    ),
  },
  {
    name: 'unknown-cursor-is-the-first-page',
    title: 'the first page for a cursor that is not known',
    breaks: ['CORE-14'],
    seams: searching(async (query, find) => {
      try {
        return await find(query);
      } catch (error) {
        if (!(error instanceof Problem) || error.scimType !== 'invalidCursor') throw error;
        return find({ ...query, cursor: '' });
      }
    }),
  },
  {
    name: 'unknown-cursor-is-an-invalid-value',
    title: 'an error with the scimType invalidValue for a cursor that is not known',
    breaks: ['CORE-14'],
    seams: searching(async (query, find) => {
      try {
        return await find(query);
      } catch (error) {
        if (!(error instanceof Problem) || error.scimType !== 'invalidCursor') throw error;
        throw new Problem(400, error.message, 'invalidValue');
      }
    }),
  },
];
