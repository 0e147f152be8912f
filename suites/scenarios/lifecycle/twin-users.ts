/** Writes to twins that are users. */
import { urn } from '../../../schemas/names.js';
import { fullestUser, fullUser, longestText, longUser } from '../../generators/full-user.js';
import { crowdedUser, oddlyWrittenUser, richUser } from '../../generators/rich-user.js';
import { plainUser } from '../../generators/user.js';
import { namedAttributes, onlyNamed } from '../../provider/named-attributes.js';
import type { Session } from '../../session/session.js';
import { responseObject, type JsonObject } from '../../trace/message.js';
import { createMember } from '../building-blocks/create-group.js';
import { createRichUser, type CreatedRichUser } from '../building-blocks/create-rich-user.js';
import { createUser } from '../building-blocks/create-user.js';
import { attributePatches, impossiblePatches, listPatches, patchBody } from '../building-blocks/patches.js';
import { readTwin, twinSteps, writeChosen, writeTwin, type Choice, type Mode, type TwinWrite } from './twin-writes.js';

/** Makes the body of a write for a user with this name. */
type Body = (name: string) => JsonObject;

/** Everything that has to be the same for both twins of an exercise. */
export interface Sameness {
  /** Bodies from which the synchronous twin chooses the first that is accepted; then only that one is left. */
  bodies: readonly Body[];
  /** Makes the first state of a user; chosen by the synchronous twin. */
  first?: Body;
  readonly choice: Choice;
}

/** Longest first: a provider may allow less than the longest text. */
const lengths = [longestText, 100];

/** Likewise for the values of a list. */
const listLengths = [24, 6];

const bodiesOf: Readonly<Record<string, (manager: string) => readonly Body[]>> = {
  'many attributes': (manager) => [
    (name) => fullestUser(name, manager),
    (name) => fullUser(name, manager),
    (name) => fullUser(name),
    richUser,
  ],
  'unusual text': () => [true, false].map((breaks) => (name: string) => oddlyWrittenUser(name, breaks)),
  'long lists': () => listLengths.map((length) => (name: string) => crowdedUser(name, length)),
  'long values': () => lengths.map((length) => (name: string) => longUser(name, length)),
};

/** The bodies of a kind, reduced to the attributes that the provider names in /Schemas. */
const namedBodies = async (session: Session, kind: string): Promise<readonly Body[]> => {
  const answer = await session.attempt({ method: 'GET', url: '/Schemas', purpose: 'discover' });
  const named = namedAttributes(answer.response?.status === 200 ? responseObject(answer) : undefined);
  const { id: manager } = await createMember(session);
  return (bodiesOf[kind]?.(manager) ?? []).map((body) => (name: string) => onlyNamed(body(name), named));
};

/** Writes the first body that the synchronous twin accepts; returns the path of the resource. */
const writeAccepted = async (
  session: Session,
  mode: Mode,
  sameness: Sameness,
  write: (body: Body) => TwinWrite,
): Promise<string | undefined> => {
  for (const body of sameness.bodies) {
    const path = await writeTwin(session, mode, write(body));
    if (path === undefined) continue;
    sameness.bodies = [body];
    return path;
  }
  sameness.bodies = [];
  return undefined;
};

/** Operations before the create in its bulk request: a provider may treat the first ten or forty with more care. */
const createsBefore = 45;

type UserCase = (session: Session, mode: Mode, sameness: Sameness) => Promise<void>;

/** Creates a user with a body of this kind. */
const createOf =
  (kind: string, after = 0): UserCase =>
  async (session, mode, sameness) => {
    if (mode === 'synchronous') sameness.bodies = await namedBodies(session, kind);
    const name = session.userName();
    const path = await writeAccepted(session, mode, sameness, (body) => ({
      method: 'POST',
      path: '/Users',
      name,
      body: body(name),
      after,
    }));
    if (path !== undefined) await readTwin(session, mode, path, name);
  };

/** Writes a body of this kind to a plain user. */
const changeTo =
  (kind: string, method: 'PUT' | 'PATCH'): UserCase =>
  async (session, mode, sameness) => {
    if (mode === 'synchronous') sameness.bodies = await namedBodies(session, kind);
    const { userName: name, path } = await createUser(session);
    const written = await writeAccepted(session, mode, sameness, (body) => {
      const { schemas, userName, ...attributes } = body(name);
      const patch = patchBody([{ op: 'replace', value: attributes }]);
      return { method, path, name, body: method === 'PUT' ? { schemas, userName, ...attributes } : patch };
    });
    if (written !== undefined) await readTwin(session, mode, path, name);
  };

export const userCases: Readonly<Record<string, UserCase>> = {
  'a create of a user': createOf('many attributes', createsBefore),
  'a change of the name': async (session, mode) => {
    const { userName, path } = await createUser(session);
    const name = session.userName();
    await session.find(userName);
    await writeTwin(session, mode, { method: 'PUT', path, name, body: plainUser(name) });
    await readTwin(session, mode, path, name);
    await session.find(name);
    await session.find(userName);
  },
  'a create after a delete': async (session, mode) => {
    const { userName: name, path } = await createUser(session);
    await writeTwin(session, mode, { method: 'DELETE', path, name });
    await session.find(name);
    const variant = mode === 'asynchronous' ? twinSteps.asynchronousBefore : twinSteps.synchronousBefore;
    const about = { method: 'POST', url: '/Users', subject: name, variant } as const;
    await session.attempt({ ...about, purpose: 'create', body: plainUser(name) });
  },
  'a create with long values': createOf('long values'),
  'a create with unusual text': createOf('unusual text'),
  'a create with long lists': createOf('long lists'),
  'a replace with many attributes': changeTo('many attributes', 'PUT'),
};

export const userPatchCases: Readonly<Record<string, UserCase>> = {
  'a patch of many attributes': changeTo('many attributes', 'PATCH'),
  'a patch of long values': changeTo('long values', 'PATCH'),
};

type Change = Pick<TwinWrite, 'method' | 'body' | 'isImpossible'>;

/** A change, or several in the order of preference: the synchronous twin chooses the first that is accepted. */
type UserChange = (name: string) => Change | readonly Change[];

/** Null and an empty list mean the same as an attribute that is left out (RFC 7643 §2.5). */
const unassigned: JsonObject = { title: null, phoneNumbers: [] };

/** The letter case of a userName has no meaning (RFC 7643 §4.1.1). */
const inCapitals = (name: string): JsonObject => ({ userName: name.toUpperCase() });

export const userReplaces: Readonly<Record<string, UserChange>> = {
  'a replace without lists': (name) => [
    { method: 'PUT', body: { schemas: [urn.user], userName: name } },
    { method: 'PUT', body: plainUser(name) },
  ],
  'a replace that leaves attributes out': (name) =>
    [{ ...unassigned, ...inCapitals(name) }, unassigned, inCapitals(name), {}].map((more) => ({
      method: 'PUT',
      body: { ...plainUser(name), ...more },
    })),
};

/** The kinds of PATCH that another code path of an asynchronous provider may get wrong. */
const tried = [
  'remove of one value',
  'replace of one value',
  'replace of a list',
  'replace of a sub-attribute',
  'replace of a boolean',
  'replace without a path of an attribute of the extension',
  'several operations',
  'replace of an attribute of the extension',
];

export const userPatches: Readonly<Record<string, UserChange>> = {
  'a patch that adds a value': (name) => {
    const add = { op: 'add', path: 'emails', value: [{ value: `second-${name}`, type: 'other' }] };
    // The path with the URN of its schema (RFC 7644 §3.10).
    const named = { op: 'replace', path: `${urn.user}:displayName`, value: 'Named by Schema' };
    return [[add, named], [add]].map((operations) => ({ method: 'PATCH', body: patchBody(operations) }));
  },
  'a patch without a path': () => ({
    method: 'PATCH',
    body: patchBody([{ op: 'replace', value: { title: 'Judge', active: true } }]),
  }),
  ...Object.fromEntries(
    [...listPatches, ...attributePatches, ...impossiblePatches.slice(0, 1)].flatMap(({ about, operations }) => {
      const isImpossible = impossiblePatches.some((each) => each.about === about);
      if (!tried.includes(about) && !isImpossible) return [];
      const change: UserChange = (name) => ({ method: 'PATCH', body: patchBody(operations(name)), isImpossible });
      return [[`a patch: ${about}`, change] as const];
    }),
  ),
};

/** Changes one of two equal users with many attributes, and reads it. */
export const changeUser = async (
  session: Session,
  mode: Mode,
  change: UserChange,
  sameness: Sameness,
): Promise<void> => {
  const user: Pick<CreatedRichUser, 'userName' | 'path' | 'body'> =
    sameness.first === undefined
      ? await createRichUser(session)
      : { ...(await createUser(session, sameness.first)), body: sameness.first };
  sameness.first = user.body;
  const { userName: name, path } = user;
  const writes = [change(name)].flat().map((each): TwinWrite => ({ path, name, ...each }));
  await writeChosen(session, mode, sameness.choice, writes);
  await readTwin(session, mode, path, name);
};
