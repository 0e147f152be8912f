/** Lists of resources: order, pages, and what may be left out (RFC 7644 §3.4.2). */
import { urn } from '../../../../schemas/names.js';
import { bodyOf, config, member, withBody, without } from '../../../../mock/faults/answers.js';
import type { Find } from '../../../../mock/http/http-seams.js';
import { isJson, type Json } from '../../../../mock/json.js';
import { Problem } from '../../../../mock/problem.js';
import type { Query } from '../../../../mock/resources/query.js';
import { is, where } from '../answers.js';
import { changing, type Change, type Variant } from '../variant.js';

const isList = is(urn.listResponse);

const onLists = (change: (list: Json) => Json): Variant['make'] => changing(where(isList, withBody(change)));

const resourcesOf = (list: Json): Json[] => (Array.isArray(list.Resources) ? list.Resources.filter(isJson) : []);

const pageSize = 10;

const error = (status: number, scimType?: string) => ({
  status,
  headers: [['Content-Type', 'application/scim+json'] as const],
  body: JSON.stringify({
    schemas: [urn.error],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
  }),
});

const isListOfAll = (url: string): boolean => /^[^?#]*\/(Users|Groups)(\?(?!.*filter=).*)?$/.test(url);

/** Answers a list that nobody filtered with an error. */
const refusingAll =
  (status: number, scimType?: string): Variant['make'] =>
  () => ({
    wire: (next) => async (request) => {
      const reply = await next(request);
      const isRefused =
        request.method === 'GET' && isListOfAll(request.url) && 'status' in reply && reply.status === 200;
      return isRefused ? error(status, scimType) : reply;
    },
  });

const inConfig = (name: string, value: Json): Change =>
  where(
    config,
    withBody((body) => ({ ...body, [name]: { ...member(body, name), ...value } })),
  );

/** The mock's seam for queries, by GET only. */
const onQueries =
  (search: (query: Query, find: Find) => Promise<Json>): Variant['make'] =>
  () => ({
    seams: (base) => ({
      search: (query, find, method) =>
        method === 'GET'
          ? search(query, (asked) => base.search(asked, find, method))
          : base.search(query, find, method),
    }),
  });

const configured = (paging: Json): Change => inConfig('pagination', paging);

export const listVariants: readonly Variant[] = [
  {
    name: 'pages-of-one',
    source: 'RFC 7644 §3.4.2.4 (it may return fewer results than count)',
    make: onQueries((query, find) => find(Number(query.count) > 1 ? { ...query, count: '1' } : query)),
    only: ['numbers of a page'],
  },
  {
    name: 'no-filter-but-a-single-eq',
    source: 'RFC 7644 §3.4.2.2 (an operator that is not supported is refused)',
    make: onQueries((query, find) => {
      const isSimple = query.filter === undefined || /^[\w.]+ eq "[^"]*"$/i.test(query.filter);
      if (!isSimple) throw new Problem(400, 'The filter is not supported.', 'invalidFilter');
      return find(query);
    }),
    only: ['filters'],
  },
  {
    name: 'a-total-beyond-which-nothing-is-found',
    source: 'RFC 7644 §3.12 (an index beyond the end is not defined)',
    make: onQueries(async (query, find) => {
      const list = await find(query);
      const isBeyond = Number(query.startIndex ?? 1) > Math.max(1, Number(list.totalResults));
      if (isBeyond) throw new Problem(404, 'There is no such page.');
      return list;
    }),
  },
  {
    name: 'no-pages-by-cursor',
    source: 'RFC 9865 §4 (optional)',
    make: () => ({
      change: where(
        config,
        withBody((body) => without(body, 'pagination')),
      ),
      seams: (base) => ({
        search: (query, find, method) => base.search({ ...query, cursor: undefined }, find, method),
      }),
    }),
    only: ['ways of paging'],
  },
  {
    name: 'pages-by-cursor-only',
    source: 'RFC 9865 §2.3, §4 (`index` false)',
    make: () => ({
      change: configured({ index: false, defaultPaginationMethod: 'cursor' }),
      seams: (base) => ({
        search: (query, find, method) => {
          const isRefused = Number(query.count ?? 1) < 1;
          if (isRefused) throw new Problem(400, 'count is below 1.', 'invalidCount');
          const cursor = query.cursor ?? '';
          return base.search({ ...query, startIndex: undefined, cursor }, find, method);
        },
      }),
    }),
    only: ['ways of paging', 'numbers of a page'],
  },
  {
    name: 'an-empty-last-page-by-cursor',
    source: 'RFC 9865 §2 (only a missing `nextCursor` ends the list)',
    make: () => {
      const ended = new Set<string>();
      return {
        seams: (base) => ({
          search: async (query, find, method) => {
            const { cursor } = query;
            const isEnd = cursor !== undefined && ended.has(cursor);
            const page = await base.search(isEnd ? { ...query, cursor: '' } : query, find, method);
            if (isEnd) return { ...page, itemsPerPage: 0, Resources: [], nextCursor: null };
            if (cursor === undefined || page.nextCursor !== undefined) return page;
            const nextCursor = `end${ended.size}`;
            ended.add(nextCursor);
            return { ...page, nextCursor };
          },
        }),
      };
    },
  },
  {
    name: 'pages-by-cursor-without-a-total',
    source: 'RFC 9865 §2 (totalResults may be omitted)',
    make: () => ({
      seams: (base) => ({
        search: async (query, find, method) => {
          const page = await base.search(query, find, method);
          return query.cursor === undefined ? page : without(page, 'totalResults');
        },
      }),
    }),
  },
  {
    name: 'no-resources-when-nothing-is-found',
    source: 'RFC 7644 §3.4.2 (`Resources` is required if `totalResults` is not 0)',
    make: onLists((list) => (list.totalResults === 0 ? without(list, 'Resources') : list)),
    only: ['list without results'],
  },
  {
    name: 'no-numbers-of-a-page-that-shows-all',
    source: 'RFC 7644 §3.4.2 (required when partial results are returned)',
    make: onLists((list) =>
      list.totalResults === resourcesOf(list).length ? without(list, 'startIndex', 'itemsPerPage') : list,
    ),
    only: ['numbers of a page'],
  },
  {
    name: 'resources-in-another-order',
    source: 'RFC 7644 §3.4.2.3 (without `sortBy` no order is given)',
    make: onLists((list) =>
      resourcesOf(list).length === list.totalResults ? { ...list, Resources: resourcesOf(list).toReversed() } : list,
    ),
  },
  {
    name: 'pages-of-ten',
    source: 'RFC 7644 §3.4.2.4 (it may return fewer results), RFC 7643 §5',
    make: () => ({
      change: (answer, request) => {
        const configured = inConfig('filter', { maxResults: pageSize })(answer, request);
        if (!isList(answer, request) || resourcesOf(bodyOf(answer)).length <= pageSize) return configured;
        const Resources = resourcesOf(bodyOf(answer)).slice(0, pageSize);
        return { ...answer, body: { ...bodyOf(answer), Resources, itemsPerPage: pageSize } };
      },
    }),
    only: ['numbers of a page'],
  },
  {
    name: 'no-list-of-all-because-there-are-too-many',
    source: 'RFC 7644 §3.12 (`tooMany`), §3.4.2',
    make: refusingAll(400, 'tooMany'),
    only: ['list of all'],
  },
  {
    name: 'no-list-of-all-for-this-client',
    source: 'RFC 7644 §3.12 (403), §7.1',
    make: refusingAll(403),
    only: ['list of all'],
  },
  {
    name: 'lists-with-members-of-their-own',
    source: 'RFC 9865 §2, profile §2',
    make: onLists((list) => ({ ...list, 'urn:example:took': 12, id: null, meta: { resourceType: 'ListResponse' } })),
  },
];
