/** Faults of searches for a userName (CORE-06), of queries by POST and of the alias `/Me` (CORE-15). */
import { header, urn } from '../../schemas/names.js';
import { isJson } from '../json.js';
import type { Query } from '../resources/query.js';
import { edit, error, on, withBody, withField } from './answers.js';
import type { Fault } from './fault.js';
import { applying } from './work.js';

const searched = on(200, 'POST', /\/\.search$/);

const me = on(501, 'GET', /^\/Me$/);

/** A fault that reads the body of a query by POST wrongly. */
const asking =
  (change: (query: Query) => Query): Fault['seams'] =>
  (base) => ({
    search: (query, find, method) => base.search(method === 'POST' ? change(query) : query, find, method),
  });

const byUserName = /^userName eq "([^"]*)"$/;

/** A fault that looks for another filter in place of one that asks for a userName. */
const lookingFor =
  (filterOf: (userName: string) => string): Fault['seams'] =>
  (base) => ({
    search: (query, find, method) => {
      const [, userName] = byUserName.exec(query.filter ?? '') ?? [];
      return base.search(userName === undefined ? query : { ...query, filter: filterOf(userName) }, find, method);
    },
  });

/** An index of userNames that is made when users are created, and not changed afterwards. */
const withFormerNames: Fault['seams'] = (base, environment) => {
  const nameNow = new Map<string, string>();
  const isNew = (name: string): boolean => [...nameNow.values()].includes(name);
  const renaming = applying((apply) => async (operation, transaction) => {
    const { data, method, path } = operation;
    const user =
      method === 'PUT' ? await transaction.get('User', path.split('/')[2] ?? '').catch(() => undefined) : undefined;
    const applied = await apply(operation, transaction);
    const [former, name] = [user?.attributes.userName, isJson(data) ? data.userName : undefined];
    if (typeof former === 'string' && typeof name === 'string' && former !== name) nameNow.set(former, name);
    return applied;
  });
  const looking = lookingFor((name) => `userName eq "${nameNow.get(name) ?? (isNew(name) ? `not-${name}` : name)}"`);
  return { ...renaming(base, environment), ...looking(base, environment) };
};

export const searchFaults: readonly Fault[] = [
  {
    name: 'user-names-looked-for-in-addresses',
    title: 'a search for a userName that compares e-mail addresses',
    breaks: ['CORE-06'],
    seams: lookingFor((userName) => `emails.value eq "${userName}"`),
  },
  {
    name: 'searches-know-former-names-only',
    title: 'a search that finds users by the userName of their creation, whatever a PUT has changed',
    breaks: ['CORE-06'],
    seams: withFormerNames,
  },
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
