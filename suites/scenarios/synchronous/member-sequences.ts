/** Writes the members of one group several times, in random order and in the forms that clients use. */
import { defineScenario } from '../../definitions/scenario.js';
import { memberWrites, type MemberWrite } from '../../generators/member-writes.js';
import { createGroup, createMember } from '../building-blocks/create-group.js';
import { patch, put, valuesOf, writeAndRead, type GroupWrite } from '../building-blocks/group-writes.js';
import { plainMemberWrites } from '../building-blocks/plain-member-writes.js';
import type { PatchOperation } from '../building-blocks/patches.js';

const users = 4;

const removalOf = (id: string): PatchOperation => ({ op: 'remove', path: `members[value eq "${id}"]` });

const requestOf = (write: MemberWrite, groupName: string, everybody: readonly string[]): GroupWrite => {
  const ids = write.who.flatMap((place) => everybody[place] ?? []);
  const value = valuesOf(ids);
  switch (write.do) {
    case 'add':
      return write.form === 'path'
        ? patch('add of members', { op: 'add', path: 'members', value })
        : patch('add of members without a path', { op: 'add', value: { members: value } });
    case 'remove':
      return write.form === 'values'
        ? patch('remove of members in a list', { op: 'remove', path: 'members', value })
        : patch('remove of members', ...ids.map(removalOf));
    case 'exchange':
      return patch('remove of a member and add of others', ...[everybody[write.out] ?? ''].map(removalOf), {
        op: 'add',
        path: 'members',
        value,
      });
    case 'replace':
      if (write.form === 'PUT') return put('replace with members', groupName, ids);
      return write.form === 'path'
        ? patch('replace of members', { op: 'replace', path: 'members', value })
        : patch('replace of members without a path', { op: 'replace', value: { members: value } });
  }
};

export const memberSequences = defineScenario<MemberWrite[]>({
  name: 'member-sequences',
  title: 'writes the members of a group several times, in random order',
  needs: { capability: 'groups' },
  inputs: ({ capabilities }) => memberWrites(users, { patch: capabilities.patch }),
  exercise: async (writes, session) => {
    const ids: string[] = [];
    while (ids.length < users) ids.push((await createMember(session)).id);
    const group = await createGroup(session, ids.slice(0, 2));
    await writeAndRead(session, group, [
      ...plainMemberWrites(group.name, ids),
      ...writes.map((write) => requestOf(write, group.name, ids)),
    ]);
  },
});
