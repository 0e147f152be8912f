/** Faults of queries by POST and of the alias `/Me`: CORE-15. */
import { header, urn } from '../../schemas/names.js';
import type { Query } from '../resources/query.js';
import { edit, error, on, withBody, withField } from './answers.js';
import type { Fault } from './fault.js';

const searched = on(200, 'POST', /\/\.search$/);

const me = on(501, 'GET', /^\/Me$/);

/** A fault that reads the body of a query by POST wrongly. */
const asking =
  (change: (query: Query) => Query): Fault['seams'] =>
  (base) => ({
    search: (query, find, method) => base.search(method === 'POST' ? change(query) : query, find, method),
  });

export const searchFaults: readonly Fault[] = [
  {
    name: 'search-by-post-taken-for-a-create',
    title: '400 to a query by POST, which is taken for a create without userName',
    breaks: ['CORE-15'],
    seams: edit(searched, () => error(400, 'invalidValue')),
  },
  {
    name: 'search-by-post-ignores-the-filter',
    title: 'a query by POST whose filter is not read',
    breaks: ['CORE-15'],
    seams: asking((query) => ({ ...query, filter: undefined })),
  },
  {
    name: 'search-by-post-ignores-count',
    title: 'a query by POST whose count is not read',
    breaks: ['CORE-15'],
    seams: asking((query) => ({ ...query, count: undefined })),
  },
  {
    name: 'search-by-post-repeats-the-request',
    title: 'a query by POST that is answered with its own body',
    breaks: ['CORE-15'],
    seams: edit(
      searched,
      withBody(() => ({ schemas: [urn.searchRequest] })),
    ),
  },
  {
    name: 'me-is-a-bad-request',
    title: '400 to /Me',
    breaks: ['CORE-15'],
    seams: edit(me, () => error(400)),
  },
  {
    name: 'me-is-a-list',
    title: 'a list of users at /Me',
    breaks: ['CORE-15'],
    seams: edit(me, (answer) => ({
      ...withField(header.location, '/scim/v2/Users/1')(answer),
      status: 200,
      body: { schemas: [urn.listResponse], totalResults: 0 },
    })),
  },
  {
    name: 'me-without-a-location',
    title: 'a user at /Me without its Location',
    breaks: ['CORE-15'],
    seams: edit(me, (answer) => ({
      ...answer,
      status: 200,
      body: { schemas: [urn.user], id: 'f3c1', userName: 'client@example.com' },
    })),
  },
];
