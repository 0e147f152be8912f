/** CORE-10. Members of groups in the forms that clients use, in hundreds, in any order, and at the same time. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { together } from '../../judging/judge.js';
import { memberForms } from '../../scenarios/synchronous/member-forms.js';
import { memberSequences } from '../../scenarios/synchronous/member-sequences.js';
import { membersInRounds } from '../../scenarios/synchronous/members-in-rounds.js';
import { exactCodes, judgeExactMembers } from './members/members-exactly.js';
import { judgeNestedGroups, nestedCodes } from './members/nested-groups.js';
import { judgeRounds, roundCodes } from './members/members-in-rounds.js';

export const core10 = defineRequirement({
  id: 'CORE-10',
  since: '1.1',
  level: 'MUST',
  title:
    'groups (where served): members are added, removed, replaced and kept exactly, one and hundreds, by PUT and PATCH, and by requests beside each other',
  source: cite('RFC 7643 §2.4, §4.2; RFC 7644 §3.5.1, §3.5.2'),
  needs: { capability: 'groups' },
  guide: {
    why: [
      'Membership in a group often decides what a person may open: a member who is lost is locked out, and one who is not removed keeps access.',
      'Identity providers send changes of members in forms of their own, hundreds at a time, and several requests at once.',
    ],
    tested: [
      'Members of a new group are added, removed and replaced by PATCH and PUT, with a read before and after each write; the read after it has to show exactly the members that the write leaves, in any order. A PUT without members may leave them as they were (RFC 7644 §3.5.1).',
      'The forms are those of widely used clients: operations without a `path`, several operations in one PATCH, members with `display` and `type`, `remove` of `members` with a list as its `value`, the same member twice, a member who is there already, and one who is not.',
      'The group is large, too: 200 members where bulk requests are supported, and 24 otherwise; and random sequences of writes are tried.',
      'PATCHes are sent at the same time, which add and remove different members: some order of those that succeed has to explain the members afterwards.',
      'A refusal with 4xx is permitted, but then no member may have changed. Whether groups and unknown ids can be members is left to the provider; but if `/Schemas` names `Group` as a type of members, a PATCH that is answered with success must not drop a group.',
      '`remove` of `members` with a list may remove the members in the list or all of them, because RFC 7644 does not say; a success that leaves one of them is a failure.',
      'If a plain write goes wrong already (one `add`, `remove` or `replace` with a path, one PUT, or adds at the same time), CORE-03 reports it, and writes of this kind are not judged here.',
    ],
    fix: [
      'Read and write the members of a group in one transaction, or lock the group, so that no PATCH works on members that another one has changed.',
      'Better: turn `add` and `remove` into single inserts and deletes of memberships, by the id of the group and the `value` of the member.',
      'Compare members by `value` alone: `display` and `$ref` in a request may be old.',
      'Apply all operations of a PATCH in their order, or none: check all of them before the first is applied, or undo.',
      'If groups cannot be members, take `Group` out of `canonicalValues` and `referenceTypes` of `members`, and refuse them with 400.',
      'Let a filter that matches nobody remove nobody; answer success, or 400 with `noTarget`.',
    ],
  },
  codes: { ...exactCodes, ...roundCodes, ...nestedCodes },
  from: [memberForms, memberSequences, membersInRounds],
  judge: (trace) =>
    together<keyof typeof exactCodes | keyof typeof roundCodes | keyof typeof nestedCodes>(
      judgeExactMembers(trace),
      judgeRounds(trace),
      judgeNestedGroups(trace),
    ),
});
