/** Queries by POST, pages by cursor and filters that a provider answers in a way of its own, or refuses. */
import { header, mediaType, urn } from '../../../../schemas/names.js';
import type { Find } from '../../../../mock/http/http-seams.js';
import type { Json } from '../../../../mock/json.js';
import { Problem } from '../../../../mock/problem.js';
import type { Query } from '../../../../mock/resources/query.js';
import { changing, type Variant } from '../variant.js';

/** Answers queries by GET and by POST in another way. */
const searching =
  (search: (query: Query, find: Find) => Promise<Json> | Json): Variant['make'] =>
  () => ({
    seams: (base) => ({
      search: async (query, find, method) => search(query, (asked) => base.search(asked, find, method)),
    }),
  });

const refused = (status: number, scimType?: 'invalidFilter' | 'tooMany'): Problem =>
  new Problem(status, 'This query is not supported.', scimType);

/** Whether each comparison in a filter is of this form. Texts in quotes do not count. */
const comparesOnly = (filter: string, form: RegExp): boolean =>
  filter
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .split(/\s+(?:and|or)\s+/i)
    .every((part) => form.test(part.replace(/^[\s(]*/, '')));

const refusingFilters = (status: number, form: RegExp): Variant['make'] =>
  searching((query, find) => {
    if (query.filter !== undefined && !comparesOnly(query.filter, form)) throw refused(status, 'invalidFilter');
    return find(query);
  });

export const searchVariants: readonly Variant[] = [
  {
    name: 'no-query-without-a-filter-by-get-or-post',
    source: 'RFC 7644 §3.12 (`tooMany`), §3.4.2, §3.4.3',
    make: searching((query, find) => {
      if (query.filter === undefined) throw refused(400, 'tooMany');
      return find(query);
    }),
    only: ['list of all'],
  },
  {
    name: 'filters-other-than-eq-answered-501',
    source: 'RFC 7644 §3.4.2.2, §3.12 (501)',
    make: refusingFilters(501, /^[\w.:-]+\s+eq\s/i),
    only: ['refused filters', 'filters'],
  },
  {
    name: 'filters-on-user-names-and-display-names-only',
    source: 'RFC 7644 §3.4.2.2 (a filter that is not supported is refused with invalidFilter)',
    make: refusingFilters(400, /^(?:userName|displayName|id)\s+(?:eq|sw)\s/i),
    only: ['refused filters', 'filters'],
  },
  {
    name: 'no-filters-on-parts-of-texts',
    source: 'RFC 7644 §3.4.2.2 (a filter that is not supported is refused with invalidFilter)',
    make: searching((query, find) => {
      const bare = (query.filter ?? '').replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
      if (/\s(?:co|sw|ew)\s/i.test(bare)) throw refused(400, 'invalidFilter');
      return find(query);
    }),
    only: ['refused filters', 'filters'],
  },
  {
    name: 'an-empty-page-by-cursor-between-the-others',
    source: 'RFC 9865 §2 (it may return fewer results; only a missing `nextCursor` ends the list)',
    make: () => {
      const held = new Set<string>();
      return {
        seams: (base) => ({
          search: async (query, find, method) => {
            const { cursor = '' } = query;
            const page = await base.search(query, find, method);
            if (cursor === '' || held.has(cursor)) return page;
            held.add(cursor);
            // The same cursor shows the resources when it is used again.
            return { ...page, itemsPerPage: 0, Resources: [], nextCursor: cursor };
          },
        }),
      };
    },
    only: ['form of cursors'],
  },
  {
    name: 'long-cursors-that-work-once',
    source: 'RFC 9865 §2 (cursors are opaque), §3 (expiredCursor)',
    make: () => {
      const marks = new Map<string, string>();
      const used = new Set<string>();
      return {
        seams: (base) => ({
          search: async (query, find, method) => {
            const { cursor } = query;
            if (cursor !== undefined && used.has(cursor))
              throw new Problem(400, 'The cursor is used.', 'expiredCursor');
            const mark = marks.get(cursor ?? '');
            const page = await base.search(mark === undefined ? query : { ...query, cursor: mark }, find, method);
            if (mark !== undefined) used.add(cursor ?? '');
            if (typeof page.nextCursor !== 'string') return page;
            const nextCursor = `${'x'.repeat(700)}.${marks.size}~`;
            marks.set(nextCursor, page.nextCursor);
            return { ...page, nextCursor };
          },
        }),
      };
    },
    only: ['form of cursors'],
  },
  {
    name: 'pages-by-cursor-that-know-the-page-before',
    source: 'RFC 9865 §2 (`previousCursor` is optional)',
    make: () => ({
      seams: (base) => ({
        search: async (query, find, method) => {
          const page = await base.search(query, find, method);
          return query.cursor === undefined || query.cursor === ''
            ? page
            : { ...page, previousCursor: 'the-first', nextCursor: page.nextCursor ?? null };
        },
      }),
    }),
    only: ['form of cursors'],
  },
  {
    name: 'me-answered-with-501-and-a-location',
    source: 'RFC 7644 §3.11; RFC 9110 §10.2.2',
    make: changing((answer, { path }) =>
      path === '/Me'
        ? {
            status: 501,
            headers: { [header.contentType]: mediaType.scim, [header.location]: '/scim/v2/Users' },
            body: { schemas: [urn.error], status: '501' },
          }
        : answer,
    ),
    only: ['/Me'],
  },
  {
    name: 'me-shown-without-what-others-see',
    source: 'RFC 7644 §3.11 (any resource; the Location is the permanent one)',
    make: changing((answer, { path, method }) =>
      path === '/Me' && method === 'GET' && answer.status !== 401
        ? {
            status: 200,
            headers: {
              [header.contentType]: mediaType.scim,
              [header.location]: 'https://directory.example/v1/Clients/7',
            },
            body: { schemas: ['urn:example:params:scim:schemas:1.0:Client'], id: '7' },
          }
        : answer,
    ),
    only: ['/Me'],
  },
];
