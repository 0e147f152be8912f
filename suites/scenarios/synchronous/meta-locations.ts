/**
 * Follows the `meta.location` that answers about users and groups show, and the locations of the results of a bulk request.
 * Only resources of its own are followed: others may be deleted by somebody else meanwhile.
 */
import { urn } from '../../../schemas/names.js';
import { operationResults } from '../../bindings/operation-result.js';
import { resolveLocation } from '../../bindings/locations.js';
import { defineScenario } from '../../definitions/scenario.js';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import { resourcesIn } from '../../judging/resources-in.js';
import { TraceView } from '../../judging/trace-view.js';
import type { Session } from '../../session/session.js';
import { atPath, responseObject } from '../../trace/message.js';
import { step } from '../../trace/step.js';
import { isAnswered, type Answered } from '../../trace/trace.js';
import { createGroup } from '../building-blocks/create-group.js';
import { createUser } from '../building-blocks/create-user.js';
import { patchBody } from '../building-blocks/patches.js';

export const metaLocationsSteps = {
  /** A GET of the `meta.location` in the answer before; its subject is the location as it was written there. */
  atMetaLocation: step('at meta.location'),
  /** A GET of the location of a result in the answer before. */
  atResultLocation: step('at the location of a result'),
};

const steps = metaLocationsSteps;

/**
 * The URLs that a location may mean. A relative one is read as relative to the request, to the base URL, and as a path under
 * the base URL: RFC 7643 §2.3.7 and RFC 9110 §10.2.2 have different bases.
 */
const readingsOf = (location: string, requestUrl: string, baseUrl: string): string[] => {
  const bases = [requestUrl, `${baseUrl}/`].map((base) => resolveLocation(location, base));
  const underBase = location.startsWith('/') && !location.startsWith('//') ? `${baseUrl}${location}` : undefined;
  return [...new Set([...bases, underBase])].filter((url) => url !== undefined);
};

/** Follows a location until one of its readings shows a resource. */
const follow = async (
  session: Session,
  location: string,
  { request }: Answered,
  variant: (typeof steps)[keyof typeof steps],
): Promise<void> => {
  for (const url of readingsOf(location, request.url, session.facts.baseUrl)) {
    const read = await session.attempt({ method: 'GET', url, purpose: 'read', subject: location, variant });
    if (read.response?.status === 200) return;
  }
};

/** Follows the `meta.location` of this resource, wherever the answer shows it. */
const followMeta = async (session: Session, answer: Answered, id: unknown): Promise<void> => {
  const { facts: target, entries } = session;
  const view = new TraceView({ scenario: '', path: '', input: null, target, entries });
  const own = resourcesIn(view, answer).find((seen) => seen.id === id);
  const location = atPath(own?.resource, 'meta.location');
  if (typeof location === 'string' && location !== '') await follow(session, location, answer, steps.atMetaLocation);
};

interface Subject {
  readonly path: string;
  readonly endpoint: 'Users' | 'Groups';
  readonly filter: string;
  readonly changed: () => Record<string, unknown>;
  readonly patched: () => Record<string, unknown>;
}

const userSubject = async (session: Session): Promise<Subject> => {
  const { userName, path, answer } = await createUser(session, (name) => wordedUser(name, session.word()));
  await followMeta(session, answer, responseObject(answer)?.id);
  return {
    path,
    endpoint: 'Users',
    filter: `userName eq "${userName}"`,
    changed: () => wordedUser(userName, session.word()),
    patched: () => wordPatch(session.word()),
  };
};

const groupSubject = async (session: Session): Promise<Subject> => {
  const { name, path } = await createGroup(session, []);
  return {
    path,
    endpoint: 'Groups',
    filter: `displayName eq "${name}"`,
    changed: () => plainGroup(name),
    patched: () => patchBody([{ op: 'replace', path: 'displayName', value: session.groupName() }]),
  };
};

/** Many enough that a new resource is among them on a target without filters, as a rule. */
const pageSize = 50;

/** Shows a resource in every way: by a read, in a list, and in answers to writes. */
const followEach = async (session: Session, { path, endpoint, filter, changed, patched }: Subject): Promise<void> => {
  const read = await session.send({ method: 'GET', url: path, purpose: 'read', subject: path });
  const id = responseObject(read)?.id;
  await followMeta(session, read, id);
  const query = session.facts.capabilities.filter
    ? `filter=${encodeURIComponent(filter)}`
    : `startIndex=1&count=${pageSize}`;
  const list = await session.attempt({ method: 'GET', url: `/${endpoint}?${query}`, purpose: 'search', subject: path });
  if (isAnswered(list)) await followMeta(session, list, id);
  const about = { url: path, subject: path } as const;
  const replaced = await session.attempt({ method: 'PUT', purpose: 'replace', body: changed(), ...about });
  if (isAnswered(replaced)) await followMeta(session, replaced, id);
  if (!session.facts.capabilities.patch) return;
  const changedAgain = await session.attempt({ method: 'PATCH', purpose: 'patch', body: patched(), ...about });
  if (isAnswered(changedAgain)) await followMeta(session, changedAgain, id);
};

/** Operations of the bulk request: two creates, and a PUT of a user that was there before; and two writes of groups. */
const bulkSize = 3;
const groupOperations = 2;

/** A PUT and, if it is advertised, a PATCH of groups that were there before. */
const groupWrites = async (session: Session): Promise<Record<string, unknown>[]> => {
  const { bulkRoom = Infinity, capabilities } = session.facts;
  if (!capabilities.groups || bulkRoom < bulkSize + groupOperations) return [];
  const replaced = await createGroup(session, []);
  const put = { method: 'PUT', path: replaced.path, bulkId: 'd', data: plainGroup(replaced.name) };
  if (!capabilities.patch) return [put];
  const { path } = await createGroup(session, []);
  const data = patchBody([{ op: 'replace', path: 'displayName', value: session.groupName() }]);
  return [put, { method: 'PATCH', path, bulkId: 'e', data }];
};

const followResults = async (session: Session): Promise<void> => {
  const { userName, path } = await createUser(session);
  const create = (bulkId: string) => {
    const data = wordedUser(session.userName(), session.word());
    return { method: 'POST', path: '/Users', bulkId, data };
  };
  const replace = { method: 'PUT', path, bulkId: 'c', data: wordedUser(userName, session.word()) };
  const body = {
    schemas: [urn.bulkRequest],
    Operations: [create('a'), create('b'), replace, ...(await groupWrites(session))],
  };
  const answer = await session.send({ method: 'POST', url: '/Bulk', purpose: 'bulk', body });
  if (answer.response.status !== 200) return;
  for (const { status, location } of operationResults(responseObject(answer) ?? {}))
    if (/^2/.test(status ?? '') && location !== undefined)
      await follow(session, location, answer, steps.atResultLocation);
};

const kinds = {
  user: async (session) => followEach(session, await userSubject(session)),
  group: async (session) => followEach(session, await groupSubject(session)),
  'bulk results': followResults,
} satisfies Record<string, (session: Session) => Promise<void>>;

type Kind = keyof typeof kinds;

export const metaLocations = defineScenario({
  name: 'meta-locations',
  title: 'follows the locations of users and groups that answers show',
  inputs: ({ capabilities: { groups, bulk }, bulkRoom = Infinity }): Kind[] => [
    'user',
    ...(groups ? (['group'] as const) : []),
    ...(bulk && bulkRoom >= bulkSize ? (['bulk results'] as const) : []),
  ],
  exercise: (kind, session) => kinds[kind](session),
});
