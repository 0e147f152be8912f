/**
 * The plain writes of members that CORE-03 judges, once each on a small group. If one of them goes wrong, CORE-10 does not
 * judge more complicated writes of the same kind, because they would only show the same defect again.
 */
import { step, type Step } from '../../trace/step.js';
import { patch, put, valuesOf, type GroupWrite } from './group-writes.js';

export const plainMemberWrite: Step = step('plain write of members');

/** For a group with the first two of four users as members. Afterwards it has the second and the third. */
export const plainMemberWrites = (groupName: string, ids: readonly string[]): readonly GroupWrite[] => {
  const [first = '', second = '', third = '', fourth = ''] = ids;
  return [
    patch(plainMemberWrite, { op: 'add', path: 'members', value: valuesOf([third, fourth]) }),
    patch(plainMemberWrite, { op: 'remove', path: `members[value eq "${first}"]` }),
    patch(plainMemberWrite, { op: 'replace', path: 'members', value: valuesOf([first, second]) }),
    put(plainMemberWrite, groupName, [second, third]),
  ];
};
