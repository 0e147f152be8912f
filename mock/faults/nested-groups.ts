/** Faults of groups that are members of groups: CORE-10. */
import { isJson, type Json } from '../json.js';
import type { Fault } from './fault.js';
import { applying } from './work.js';

const membersOf = (attributes: Json): readonly Json[] =>
  Array.isArray(attributes.members) ? attributes.members.filter(isJson) : [];

export const nestedGroupFaults: readonly Fault[] = [
  {
    name: 'groups-as-members-dropped',
    title: 'groups as members, which /Schemas permits, that are dropped in silence',
    breaks: ['CORE-10'],
    seams: applying((apply) => async (operation, transaction) => {
      const applied = await apply(operation, transaction);
      const { stored } = applied;
      if (stored?.type !== 'Group') return applied;
      const members: Json[] = [];
      for (const each of membersOf(stored.attributes))
        if ((await transaction.find(String(each.value)))?.type !== 'Group') members.push(each);
      if (members.length === membersOf(stored.attributes).length) return applied;
      const attributes = { ...stored.attributes, members: members.length === 0 ? undefined : members };
      return { ...applied, stored: await transaction.update('Group', stored.id, () => attributes) };
    }),
  },
];
