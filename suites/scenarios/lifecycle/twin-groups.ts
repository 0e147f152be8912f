/** Writes to twins that are groups. Both groups have the same members, so that these can be compared. */
import { plainGroup } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { createGroup, createMember } from '../building-blocks/create-group.js';
import type { CreatedUser } from '../building-blocks/create-user.js';
import { patchBody } from '../building-blocks/patches.js';
import { readTwin, writeChosen, writeTwin, type Choice, type Mode, type TwinWrite } from './twin-writes.js';

/** Users who are members of both groups. */
export interface Members {
  readonly users: readonly CreatedUser[];
  readonly ids: readonly string[];
  readonly choice: Choice;
}

export const createMembers = async (session: Session): Promise<Members> => {
  const users = [await createMember(session), await createMember(session), await createMember(session)];
  return { users, ids: users.map(({ id }) => id), choice: {} };
};

type Change = Pick<TwinWrite, 'method' | 'body'>;

/** A change, or several in the order of preference: the synchronous twin chooses the first that is accepted. */
type GroupChange = (name: string, ids: readonly string[]) => Change | readonly Change[];

const valuesOf = (ids: readonly string[]): unknown[] => ids.map((value) => ({ value }));

/** Changes of a group with the first two of three members. */
export const groupChanges: Readonly<Record<string, GroupChange>> = {
  'a patch that adds a member': (_name, ids) => ({
    method: 'PATCH',
    body: patchBody([{ op: 'add', path: 'members', value: valuesOf(ids.slice(2)) }]),
  }),
  'a patch that removes a member': (_name, [first = '']) => ({
    method: 'PATCH',
    body: patchBody([{ op: 'remove', path: `members[value eq "${first}"]` }]),
  }),
  'a patch that replaces the members': (_name, ids) => ({
    method: 'PATCH',
    body: patchBody([{ op: 'replace', path: 'members', value: valuesOf(ids.slice(1)) }]),
  }),
  'a patch of the name of a group': (name) => ({
    method: 'PATCH',
    body: patchBody([{ op: 'replace', path: 'displayName', value: `${name}-renamed` }]),
  }),
  'a replace of a group': (name, ids) =>
    [`${name}-renamed`, name].map((displayName) => ({ method: 'PUT', body: plainGroup(displayName, ids.slice(1)) })),
};

type GroupCase = (session: Session, mode: Mode, members: Members) => Promise<void>;

export const groupCases: Readonly<Record<string, GroupCase>> = {
  'a create of a group': async (session, mode, { ids, choice }) => {
    const name = session.groupName();
    const group = plainGroup(name, ids.slice(0, 1));
    const writes = [{ ...group, externalId: `ext-${name}` }, group].map((body): TwinWrite => ({
      method: 'POST',
      path: '/Groups',
      name,
      body,
    }));
    const path = await writeChosen(session, mode, choice, writes);
    if (path !== undefined) await readTwin(session, mode, path, name);
  },
  'a delete of a group': async (session, mode, { users: [member], ids }) => {
    const { name, path } = await createGroup(session, ids.slice(0, 1));
    await writeTwin(session, mode, { method: 'DELETE', path, name });
    await readTwin(session, mode, path, name);
    if (member !== undefined) await readTwin(session, mode, member.path, member.userName);
  },
};

/** Changes one of two equal groups, and reads it. */
export const changeGroup = async (
  session: Session,
  mode: Mode,
  change: GroupChange,
  members: Members,
): Promise<void> => {
  const { ids, choice } = members;
  const { name, path } = await createGroup(session, ids.slice(0, 2));
  const writes = [change(name, ids)].flat().map((each): TwinWrite => ({ path, name, ...each }));
  await writeChosen(session, mode, choice, writes);
  await readTwin(session, mode, path, name);
};
