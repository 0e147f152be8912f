/**
 * Makes the same write to twins (two equal resources), to one synchronously and to the other asynchronously. Whatever a
 * provider keeps, derives or ignores, it has to do so in both modes; the judges compare reads of both twins.
 */
import type { Session } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { servedBindings } from '../../provider/served-bindings.js';
import { changeGroup, createMembers, groupCases, groupChanges } from './twin-groups.js';
import { createManyMembers, largeGroupCases } from './twin-large-groups.js';
import { changeUser, userCases, userPatchCases, userPatches, userReplaces, type Sameness } from './twin-users.js';
import type { Mode } from './twin-writes.js';

/** Does the same in both modes; what has to be the same for both twins is made before. */
const exerciseOf = async (kind: string, session: Session): Promise<(mode: Mode) => Promise<void>> => {
  const largeGroupCase = largeGroupCases[kind];
  if (largeGroupCase !== undefined) {
    const members = await createManyMembers(session);
    return (mode) => largeGroupCase(session, mode, members);
  }
  const [groupCase, groupChange] = [groupCases[kind], groupChanges[kind]];
  if (groupCase !== undefined || groupChange !== undefined) {
    const members = await createMembers(session);
    return async (mode) => {
      await groupCase?.(session, mode, members);
      if (groupChange !== undefined) await changeGroup(session, mode, groupChange, members);
    };
  }
  const sameness: Sameness = { bodies: [], choice: {} };
  const userCase = userCases[kind] ?? userPatchCases[kind];
  const userChange = userReplaces[kind] ?? userPatches[kind];
  return async (mode) => {
    await userCase?.(session, mode, sameness);
    if (userChange !== undefined) await changeUser(session, mode, userChange, sameness);
  };
};

/** Kinds that compare names and searches, which are never the provider's own. */
const aboutNames: readonly string[] = ['a change of the name', 'a create after a delete'];

/** Kinds that are also written in a bulk request: one of each code path, because every one costs several requests. */
const inBulk: readonly string[] = [
  'a create of a user',
  'a create with long values',
  'a replace with many attributes',
  'a replace that leaves attributes out',
  'a patch: several operations',
  'a patch of many attributes',
  'a patch: replace of an attribute of the extension',
  'a create of a group',
  'a replace of a group',
  'a patch that adds a member',
];

/** Over the first binding only: bulk requests of both go through the same worker in most providers. */
const isWrittenInBulk = (kind: string, { facts, binding }: Session): boolean =>
  inBulk.includes(kind) && facts.capabilities.bulk && servedBindings(facts)[0] === binding?.name;

export const sameAsSynchronous = defineScenario({
  name: 'same-as-synchronous',
  title: 'makes the same write to two equal resources, to one synchronously and to the other asynchronously',
  needs: { binding: 'any' },
  inputs: ({ capabilities: { groups, patch } }) => [
    ...Object.keys({ ...userCases, ...userReplaces }),
    ...(patch ? Object.keys({ ...userPatchCases, ...userPatches }) : []),
    ...(groups ? Object.keys(groupCases) : []),
    ...(groups ? Object.keys(largeGroupCases).filter((kind) => patch || !kind.startsWith('a patch')) : []),
    ...(groups ? Object.keys(groupChanges).filter((kind) => patch || !kind.startsWith('a patch')) : []),
  ],
  exercise: async (kind, session) => {
    const inMode = await exerciseOf(kind, session);
    await inMode('synchronous');
    await inMode('asynchronous');
    if (!aboutNames.includes(kind)) await inMode('synchronousAgain');
    if (isWrittenInBulk(kind, session)) await inMode('inBulk');
  },
});
