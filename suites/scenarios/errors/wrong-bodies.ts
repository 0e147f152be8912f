/** Sends the same wrong queries, ids, fields and bodies in every run, because a short run of random input may miss them. */
import { header, mediaType, urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { createUser } from '../building-blocks/create-user.js';
import { lookAfterwards } from '../building-blocks/look-afterwards.js';
import { defineScenario } from '../../definitions/scenario.js';

const bodies: readonly string[] = [
  'null',
  `${'['.repeat(8000)}${']'.repeat(8000)}`,
  '[]',
  '{}',
  '"text"',
  JSON.stringify({ schemas: 7, Operations: 'all', userName: {} }),
  JSON.stringify({ schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'name[', value: 1 }] }),
  JSON.stringify({ schemas: [urn.patchOp], Operations: [null, { op: 'nonsense' }] }),
  JSON.stringify({ schemas: [urn.bulkRequest], Operations: [{ method: 'PATCH', path: null, bulkId: 7, data: [] }] }),
];

/** Patches that have the right form and nothing to do, or no value. */
const emptyPatches = [
  { schemas: [urn.patchOp], Operations: [] },
  { schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'displayName', value: null }] },
].map((patch) => JSON.stringify(patch));

/** A name that no column of a database is made for. */
const endlessName = (userName: string): string => `${userName}${'x'.repeat(1500)}`;

/** Users with one attribute that is wrong somewhere inside. */
const oddUsers = (session: Session): string[] =>
  [
    { emails: [null] },
    { emails: [[{}]] },
    { name: null, emails: null },
    { displayName: 'a\u0000b' },
    { displayName: '\ud800' },
    { active: 1e300 },
    { userName: endlessName(session.userName()) },
    { schemas: [null] },
    { meta: { created: 'yesterday' } },
    { name: JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`) as unknown },
  ].map((odd) => JSON.stringify({ ...plainUser(session.userName()), ...odd }));

/** Paths with a query or an id that no client should send. */
const oddReads = [
  '/Users?filter=',
  '/Users?filter=userName%20eq%20%22((%5B%22',
  '/Users?filter=userName%20eq',
  '/Users?filter=((((',
  '/Users?filter=emails%5Btype%20eq%20',
  '/Users?startIndex=abc&count=-1',
  '/Users?startIndex=99999999999999999999&count=1e9',
  '/Users?attributes=%00&sortBy=%5B',
  '/Users?filter=a&filter=b',
  '/Users/__proto__',
  '/Users/constructor',
  '/Groups/__proto__',
  '/Schemas/toString',
];

/** Content types that no client should send; the body with them can create no user. */
const oddTypes = [
  `${mediaType.scim}; charset=utf-16`,
  `${mediaType.scim}; charset=nonsense`,
  `${mediaType.scim}; =;=`,
  `${mediaType.scim}; boundary=x`,
  'multipart/form-data',
  'application/',
  'json',
  ';',
];

/** Fields of a read that no client should send. */
const oddFields: readonly [string, string][] = [
  [header.accept, ';;q=x'],
  [header.ifNoneMatch, '"'],
  [header.prefer, '='],
  [header.requestMode, '['],
];

const sendOddFields = async (session: Session): Promise<void> => {
  const about = { purpose: 'fuzz' } as const;
  for (const type of oddTypes) {
    const headers: [string, string][] = [[header.contentType, type]];
    await session.attempt({ method: 'POST', url: '/Users', ...about, body: '{}', headers });
  }
  for (const field of oddFields)
    await session.attempt({ method: 'GET', url: '/Users?startIndex=1&count=1', ...about, headers: [field] });
};

export const wrongBodies = defineScenario({
  name: 'wrong-bodies',
  title: 'sends wrong queries, ids, fields and bodies',
  inputs: ({ capabilities }) => [
    'GET',
    'fields',
    'odd users',
    'POST',
    'PUT',
    ...(capabilities.patch ? ['PATCH'] : []),
    ...(capabilities.bulk ? ['Bulk'] : []),
  ],
  exercise: async (kind, session) => {
    if (kind === 'GET') {
      for (const url of oddReads) await session.attempt({ method: 'GET', url, purpose: 'fuzz' });
      await lookAfterwards(session);
      return;
    }
    if (kind === 'fields') {
      await sendOddFields(session);
      await lookAfterwards(session);
      return;
    }
    if (kind === 'odd users') {
      for (const body of oddUsers(session)) {
        await session.attempt({ method: 'POST', url: '/Users', purpose: 'fuzz', body });
        const headers: [string, string][] = [...(session.binding?.ask({}) ?? []), [header.requestId, 'x'.repeat(300)]];
        await session.attempt({ method: 'POST', url: '/Users', purpose: 'fuzz', body: '{}', headers });
      }
      await lookAfterwards(session);
      return;
    }
    const { url } = await createUser(session);
    const target =
      kind === 'Bulk' ? { method: 'POST', url: '/Bulk' } : { method: kind, url: kind === 'POST' ? '/Users' : url };
    for (const body of kind === 'PATCH' ? [...bodies, ...emptyPatches] : bodies)
      await session.attempt({ ...target, purpose: 'fuzz', body });
    await lookAfterwards(session);
  },
});
