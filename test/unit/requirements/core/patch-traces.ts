/** Traces of CORE-03 about PATCH requests of every kind, and about the members of groups. */
import { urn } from '../../../../schemas/names.js';
import { groupMembers, groupMembersSteps } from '../../../../suites/scenarios/synchronous/group-members.js';
import { membersAtATime, membersAtATimeSteps } from '../../../../suites/scenarios/synchronous/members-at-a-time.js';
import { patchSemantics } from '../../../../suites/scenarios/synchronous/patch-semantics.js';
import { HandMadeTrace } from '../../hand-made-trace.js';

type Json = Record<string, unknown>;

const work = { value: 'a@example.com', type: 'work', primary: true };
const home = { value: 'home@example.com', type: 'home' };

const user: Json = {
  schemas: [urn.user],
  userName: 'a@example.com',
  name: { givenName: 'Ada', familyName: 'Byron' },
  displayName: 'Ada Byron',
  title: 'Countess',
  emails: [work, home],
};

const shown: Json = { ...user, id: '1', meta: { resourceType: 'User' } };

const untitled = Object.fromEntries(Object.entries(shown).filter(([name]) => name !== 'title'));

const patchOf = (...Operations: Json[]): Json => ({ schemas: [urn.patchOp], Operations });

interface Patched {
  readonly was?: Json;
  readonly operations: readonly Json[];
  readonly status?: number;
  readonly is: Json;
}

/** A user that is created, read, patched and read again. */
const patched =
  ({ was = shown, operations, status = 204, is }: Patched) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(patchSemantics, 'request-mode');
    const subject = 'a@example.com';
    trace.exchange('create', 'POST /Users', { status: 201, sent: user, body: shown, subject });
    trace.exchange('read', 'GET /Users/1', { status: 200, body: was, subject });
    trace.exchange('patch', 'PATCH /Users/1', { status, sent: patchOf(...operations), subject });
    trace.exchange('read', 'GET /Users/1', { status: 200, body: is, subject });
    return trace;
  };

const group: Json = { schemas: [urn.group], displayName: 'g', members: [{ value: '1' }, { value: '2' }] };

const groupOf = (...ids: string[]): Json => ({
  ...group,
  id: 'g',
  members: ids.map((value) => ({ value, type: 'User', $ref: `/Users/${value}` })),
});

/** A group that is created with two members and written once, with reads before and after. */
const regrouped =
  (
    write: 'PUT' | 'PATCH',
    sent: Json,
    is: Json,
    { was = groupOf('1', '2'), answer = {} }: { was?: Json; answer?: Json } = {},
  ) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(groupMembers, 'request-mode');
    const subject = 'g';
    trace.exchange('create', 'POST /Groups', { status: 201, sent: group, body: was, subject });
    trace.exchange('read', 'GET /Groups/g', { status: 200, body: was, subject });
    const purpose = write === 'PUT' ? 'replace' : 'patch';
    trace.exchange(purpose, `${write} /Groups/g`, { status: 200, sent, body: answer, subject });
    trace.exchange('read', 'GET /Groups/g', { status: 200, body: is, subject });
    return trace;
  };

/** A group of two, of whom 2 is deleted, and the members that it has then. */
export const memberDeleted =
  (...left: string[]) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(groupMembers, 'request-mode');
    const { memberDeleted: variant } = groupMembersSteps;
    const was = groupOf('1', '2');
    trace.exchange('create', 'POST /Groups', { status: 201, sent: was, body: was, subject: 'g' });
    trace.exchange('read', 'GET /Groups/g', { status: 200, body: was, subject: 'g' });
    trace.exchange('delete', 'DELETE /Users/2', { status: 204, subject: 'b@example.com', variant });
    trace.exchange('read', 'GET /Groups/g', { status: 200, body: groupOf(...left), subject: 'g', variant });
    return trace;
  };

const addOf = (value: string): Json => patchOf({ op: 'add', path: 'members', value: [{ value }] });

/** PATCHes at the same time that add the members 2 and 3, the second with this answer. */
const atATime = (status: number, members: Json) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(membersAtATime, 'request-mode');
  const about = { subject: 'g', variant: membersAtATimeSteps.atTheSameTime };
  const sent = { ...group, members: [{ value: '1' }] };
  trace.exchange('create', 'POST /Groups', { status: 201, sent, body: {}, subject: 'g' });
  trace.exchange('patch', 'PATCH /Groups/g', { status: 204, sent: addOf('2'), ...about });
  trace.exchange('patch', 'PATCH /Groups/g', { status, sent: addOf('3'), ...about });
  const variant = membersAtATimeSteps.afterwards;
  trace.exchange('read', 'GET /Groups/g', { status: 200, body: members, subject: 'g', variant });
  return trace;
};

const removeFirst = patchOf({ op: 'remove', path: 'members[value eq "1"]' });
const removeAll = patchOf({ op: 'remove', path: 'members' });
const removeWork = { op: 'remove', path: 'emails[type eq "work"]' };
const third = { value: 'b@example.com', type: 'other' };

export const rightPatches = {
  'a value is removed from a list': patched({ operations: [removeWork], is: { ...shown, emails: [home] } }),
  'several operations are done in their order': patched({
    operations: [
      { op: 'replace', path: 'name.givenName', value: 'Once' },
      { op: 'remove', path: 'title' },
      { op: 'replace', value: { name: { givenName: 'Twice' } } },
    ],
    is: { ...untitled, name: { givenName: 'Twice', familyName: 'Byron' }, displayName: 'Twice Byron' },
  }),
  'an unknown op is refused': patched({
    operations: [{ op: 'update', path: 'title', value: 'x' }],
    status: 400,
    is: shown,
  }),
  'PUT writes other members': regrouped(
    'PUT',
    { ...group, members: [{ value: '2' }, { value: '3' }] },
    groupOf('3', '2'),
  ),
  'members that are added at the same time are all there': atATime(200, groupOf('1', '3', '2')),
};

export const wrongPatches = {
  'patch-value-not-written': {
    'a sub-attribute stays as it was, and a member has the path as its name': patched({
      operations: [{ op: 'replace', path: 'name.givenName', value: 'Ida' }],
      is: { ...shown, 'name.givenName': 'Ida' },
    }),
    'one value of a list stays as it was': patched({
      operations: [{ op: 'replace', path: 'emails[type eq "home"].value', value: 'new@example.com' }],
      is: shown,
    }),
    'only the first of two members is added': regrouped(
      'PATCH',
      patchOf({ op: 'add', path: 'members', value: [{ value: '3' }, { value: '4' }] }),
      groupOf('1', '2', '3'),
    ),
  },
  'patch-value-not-removed': {
    'an attribute': patched({ operations: [{ op: 'remove', path: 'title' }], is: shown }),
    'one value of a list': patched({ operations: [removeWork], is: shown }),
    'the old values after a replace of the list': patched({
      operations: [{ op: 'replace', path: 'emails', value: [home] }],
      is: shown,
    }),
    'a member': regrouped('PATCH', patchOf({ op: 'remove', path: 'members[value eq "1"]' }), groupOf('1', '2')),
  },
  'patch-value-lost': {
    'all values, and not only the one that the filter selects': patched({
      operations: [removeWork],
      is: { ...shown, emails: [] },
    }),
    'the other sub-attributes': patched({
      operations: [{ op: 'add', path: 'name', value: { familyName: 'King' } }],
      is: { ...shown, name: { familyName: 'King' } },
    }),
    'the sub-attributes that a replace with a path does not name (RFC 7644 §3.5.2.3: left unchanged)': patched({
      operations: [{ op: 'replace', path: 'name', value: { familyName: 'King' } }],
      is: { ...shown, name: { familyName: 'King' } },
    }),
    'the whole name, and not one of its sub-attributes': patched({
      operations: [{ op: 'remove', path: 'name.givenName' }],
      is: Object.fromEntries(Object.entries(shown).filter(([name]) => name !== 'name')),
    }),
    'the members that were there before an add': regrouped('PATCH', addOf('3'), groupOf('3')),
  },
  'patch-value-twice': patched({
    operations: [{ op: 'add', path: 'emails', value: [home] }],
    is: { ...shown, emails: [work, home, home] },
  }),
  'unknown-op-done': patched({
    operations: [{ op: 'update', path: 'title', value: 'Queen' }],
    status: 200,
    is: { ...shown, title: 'Queen' },
  }),
  'unknown-op-answered-with-success': patched({
    operations: [{ op: 'update', path: 'title', value: 'Queen' }],
    is: shown,
  }),
  'refused-patch-done': patched({
    operations: [
      { op: 'replace', path: 'title', value: 'Half' },
      { op: 'replace', path: 'noSuchAttribute[value eq ', value: 'x' },
    ],
    status: 400,
    is: { ...shown, title: 'Half' },
  }),
  'members-not-as-created': () => {
    const trace = new HandMadeTrace(groupMembers, 'request-mode');
    trace.exchange('create', 'POST /Groups', { status: 201, sent: group, body: {}, subject: 'g' });
    trace.exchange('read', 'GET /Groups/g', { status: 200, body: groupOf('1'), subject: 'g' });
    return trace;
  },
  'members-in-answer-wrong': {
    'a PATCH shows the member that it has removed': regrouped('PATCH', removeFirst, groupOf('2'), {
      answer: groupOf('1', '2'),
    }),
    'a PATCH does not show the member that it has added': regrouped('PATCH', addOf('3'), groupOf('1', '2', '3'), {
      answer: groupOf('1', '2'),
    }),
    'a PUT shows the old members': regrouped('PUT', { ...group, members: [{ value: '2' }] }, groupOf('2'), {
      answer: groupOf('1', '2'),
    }),
    'a PATCH that removes all shows them': regrouped('PATCH', removeAll, groupOf(), { answer: groupOf('1', '2') }),
  },
  'members-not-as-replaced': {
    'they are gone': regrouped('PUT', group, groupOf()),
    'the old ones are still there': regrouped('PUT', { ...group, members: [{ value: '2' }] }, groupOf('1', '2')),
  },
  'members-lost-with-another': memberDeleted('2'),
  'member-lost-at-the-same-time': atATime(204, groupOf('1', '2')),
};

const memberless: Json = { ...group, id: 'g', members: [] };

const many = Array.from({ length: 60 }, (_, place) => String(place + 1));

export const legalPatches = {
  'an answer to a PATCH of a group with its members in another order': regrouped(
    'PATCH',
    addOf('3'),
    groupOf('1', '2', '3'),
    { answer: groupOf('3', '1', '2') },
  ),
  'an answer to a PATCH of a group without members (RFC 7643 §7)': regrouped(
    'PATCH',
    addOf('3'),
    groupOf('1', '2', '3'),
    { answer: { schemas: [urn.group], id: 'g' } },
  ),
  'an answer to a PUT of a large group that shows only some of its members': regrouped(
    'PUT',
    { ...group, members: many.map((value) => ({ value })) },
    groupOf(...many),
    { answer: groupOf(...many.slice(0, 10)) },
  ),
  'a deleted user who is no member any more (RFC 7643 §4.2)': memberDeleted('1'),
  'a deleted user who is still a member (RFC 7644 §3.6)': memberDeleted('1', '2'),
  'a PATCH that is refused, because the attribute cannot be changed (RFC 7644 §3.12)': patched({
    operations: [{ op: 'remove', path: 'title' }],
    status: 400,
    is: shown,
  }),
  'an attribute that the provider does not keep': patched({
    was: untitled,
    operations: [{ op: 'add', path: 'title', value: 'Queen' }],
    is: untitled,
  }),
  'a sub-attribute that the provider does not keep, beside one that it keeps': patched({
    was: { ...shown, name: { familyName: 'Byron' } },
    operations: [{ op: 'replace', path: 'name.givenName', value: 'Ida' }],
    is: { ...shown, name: { familyName: 'Byron' } },
  }),
  'a default in place of what was removed (RFC 7643 §2.5)': patched({
    operations: [{ op: 'remove', path: 'title' }],
    is: { ...shown, title: 'Employee' },
  }),
  'name.formatted, which only the provider writes, follows the givenName': patched({
    was: { ...shown, name: { givenName: 'Ada', familyName: 'Byron', formatted: 'Ada Byron' } },
    operations: [{ op: 'replace', path: 'name.givenName', value: 'Ida' }],
    is: { ...shown, name: { givenName: 'Ida', familyName: 'Byron', formatted: 'Ida Byron' }, displayName: 'Ida Byron' },
  }),
  'a list of which no more than two values are kept': patched({
    operations: [{ op: 'add', path: 'emails', value: [third] }],
    is: shown,
  }),
  'members that the provider does not return': regrouped('PUT', group, memberless, { was: memberless }),
  'members that only answers to writes show (RFC 7643 §7, returned is request)': regrouped('PUT', group, memberless, {
    was: memberless,
    answer: groupOf('1', '2'),
  }),
  'a PATCH that was refused, because another one ran at the same time': atATime(412, groupOf('1', '2')),
};

export const openPatches = {
  'replace of some sub-attributes without a path that removes the others (RFC 7644 §3.5.2.3)': patched({
    operations: [{ op: 'replace', value: { name: { familyName: 'King' } } }],
    is: { ...shown, name: { familyName: 'King' } },
  }),
};

export const silentPatches = {
  'a PATCH of a provider that keeps nothing of it': patched({
    was: { schemas: [urn.user], id: '1' },
    operations: [{ op: 'remove', path: 'title' }],
    is: { schemas: [urn.user], id: '1' },
  }),
  'a PATCH that is answered 202 (MODE-02)': patched({ operations: [removeWork], status: 202, is: shown }),
  'an add that replaces the members that were there before (it is judged where nothing is beside it)': atATime(
    204,
    groupOf('3'),
  ),
  'members that are added at the same time asynchronously (LIFE-06)': () => {
    const trace = atATime(204, groupOf('1'))();
    trace.accepted('/status/1');
    return trace;
  },
};
