/** Writes the members of groups synchronously, and reads each group before and after each write. */
import { defineScenario } from '../../definitions/scenario.js';
import type { Session } from '../../session/session.js';
import { step } from '../../trace/step.js';
import { createGroup, createMember, type CreatedGroup } from '../building-blocks/create-group.js';
import type { CreatedUser } from '../building-blocks/create-user.js';
import { createUsers } from '../building-blocks/create-users.js';
import { patch, put, valuesOf, writeAndRead } from '../building-blocks/group-writes.js';

/** Users of the large group: where bulk requests make them cheap, more than the pages and limits of most providers. */
const many = { together: 210, alone: 24 };

export const groupMembersSteps = {
  /** The read of a group that was deleted. */
  afterDelete: step('after DELETE'),
  /** The DELETE of a user who is a member, and the read of the group after it. */
  memberDeleted: step('a member was deleted'),
};

/** Deletes a user who is a member, which must not cost the group its other members. */
const deleteMember = async (session: Session, group: CreatedGroup, user: CreatedUser | undefined): Promise<void> => {
  if (user === undefined) return;
  const variant = groupMembersSteps.memberDeleted;
  await session.send({ method: 'DELETE', url: user.path, purpose: 'delete', subject: user.userName, variant });
  await session.send({ method: 'GET', url: group.path, purpose: 'read', subject: group.name, variant });
};

const changeOneByOne = async (session: Session): Promise<void> => {
  const users = [];
  for (let count = 0; count < 4; count += 1) users.push(await createMember(session));
  const [first = '', second = '', third = '', fourth = ''] = users.map(({ id }) => id);
  const group = await createGroup(session, [first, second]);
  const renamed = session.groupName();
  await writeAndRead(session, group, [
    patch('add of two members', { op: 'add', path: 'members', value: valuesOf([third, fourth]) }),
    patch('add of a member that is there', { op: 'add', path: 'members', value: valuesOf([third]) }),
    patch('remove of one member', { op: 'remove', path: `members[value eq "${first}"]` }),
    patch('replace of the name', { op: 'replace', path: 'displayName', value: renamed }),
    patch('replace of the members', { op: 'replace', path: 'members', value: valuesOf([first, second]) }),
    put('replace with other members', renamed, [second, third, fourth]),
    put('replace of the name alone', session.groupName(), [second, third, fourth]),
  ]);
  await deleteMember(session, group, users.at(-1));
  await writeAndRead(session, group, [
    patch('remove of two members', {
      op: 'remove',
      path: `members[value eq "${third}" or value eq "${fourth}"]`,
    }),
    patch('remove of all members', { op: 'remove', path: 'members' }),
  ]);
  await session.send({ method: 'DELETE', url: group.path, purpose: 'delete', subject: group.name });
  const about = { purpose: 'read', subject: group.name, variant: groupMembersSteps.afterDelete } as const;
  await session.send({ method: 'GET', url: group.path, ...about });
};

const changeMany = async (session: Session): Promise<void> => {
  const ids = await createUsers(session, many);
  const half = Math.ceil(ids.length / 2);
  const group = await createGroup(session, ids.slice(0, half));
  await writeAndRead(session, group, [
    patch('add of many members', { op: 'add', path: 'members', value: valuesOf(ids.slice(half)) }),
    put('replace with many members', group.name, ids.slice(1)),
    // Servers that read or delete the old members page by page leave those of the later pages.
    patch('replace of many members', { op: 'replace', path: 'members', value: valuesOf(ids.slice(0, 3)) }),
  ]);
};

const kinds = { 'a few members': changeOneByOne, 'many members': changeMany } as const;

export const groupMembers = defineScenario({
  name: 'group-members',
  title: 'creates groups with members, and changes these in every way that is defined',
  needs: { capability: 'groups' },
  inputs: () => Object.keys(kinds) as (keyof typeof kinds)[],
  exercise: (kind, session) => kinds[kind](session),
});
