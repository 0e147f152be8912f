/** Lists of resources: order, pages, and what may be left out (RFC 7644 §3.4.2). */
import { urn } from '../../../../schemas/names.js';
import { bodyOf, config, member, withBody, without } from '../../../../mock/faults/answers.js';
import { isJson, type Json } from '../../../../mock/json.js';
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

export const listVariants: readonly Variant[] = [
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
