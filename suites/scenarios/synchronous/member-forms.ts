/** Writes members as widely used clients do, hundreds of them, and such as a provider need not know. */
import { defineScenario } from '../../definitions/scenario.js';
import type { Session } from '../../session/session.js';
import { step } from '../../trace/step.js';
import { responseObject } from '../../trace/message.js';
import { createGroup, createMember, type CreatedGroup } from '../building-blocks/create-group.js';
import { createUsers } from '../building-blocks/create-users.js';
import { patch, put, valuesOf, writeAndRead } from '../building-blocks/group-writes.js';
import { plainMemberWrites } from '../building-blocks/plain-member-writes.js';
import { descriptionSteps } from '../building-blocks/read-description.js';

/** Users of the large group: where bulk requests make them cheap, more than the pages and limits of most providers. */
const many = { together: 210, alone: 24 };

export const memberFormsSteps = {
  /** The PATCH that makes a small group large, which CORE-03 judges. */
  grown: step('add of hundreds of members'),
  /** The add of a member that a provider may ignore, although it takes the PATCH: a user who was deleted. */
  optional: step('add of a member that may be ignored'),
  /** The add of a group, which a provider may ignore unless its schema names groups as members. */
  nested: step('add of a group as a member'),
};

const { grown, optional, nested } = memberFormsSteps;

const filtered = (id: string): string => `members[value eq "${id}"]`;

interface Small {
  readonly group: CreatedGroup;
  readonly ids: readonly string[];
}

/** A group of the second and third of four users, on which the plain writes were tried. */
const smallGroup = async (session: Session): Promise<Small> => {
  const ids: string[] = [];
  while (ids.length < 4) ids.push((await createMember(session)).id);
  const group = await createGroup(session, ids.slice(0, 2));
  await writeAndRead(session, group, plainMemberWrites(group.name, ids));
  return { group, ids };
};

const writeAsClients = async (session: Session): Promise<void> => {
  const { group, ids } = await smallGroup(session);
  const [first = '', second = '', third = '', fourth = ''] = ids;
  await writeAndRead(session, group, [
    patch('add of members with all their sub-attributes', {
      op: 'add',
      path: 'members',
      value: [{ value: first, type: 'User', display: 'First' }, { value: second }],
    }),
    patch('remove of a member in a list', {
      op: 'remove',
      path: 'members',
      value: [{ value: first, display: 'Another name' }],
    }),
    // Two people may have one name (RFC 7643 §2.4: `display` distinguishes nothing).
    put('replace with members of one name', group.name, [first, second, third], 'Alex'),
    patch('replace of the members with two of one name', {
      op: 'replace',
      path: 'members',
      value: valuesOf([third, fourth], 'Alex'),
    }),
    put('replace with three members', group.name, [first, second, third]),
    patch('remove of somebody who is no member', { op: 'remove', path: filtered(fourth) }),
    patch('add of somebody twice', { op: 'add', path: 'members', value: valuesOf([fourth, fourth]) }),
    patch(
      'remove of a member and add of the same',
      { op: 'remove', path: filtered(first) },
      { op: 'add', path: 'members', value: valuesOf([first]) },
    ),
    patch(
      'remove of a member, and an operation that cannot be done',
      { op: 'remove', path: filtered(second) },
      { op: 'replace', path: 'noSuchAttribute[value eq ', value: 'x' },
    ),
    patch(
      'replace of the name, and remove and add of members',
      { op: 'replace', value: { displayName: group.name } },
      { op: 'remove', path: filtered(first) },
      { op: 'remove', path: filtered(second) },
    ),
    patch('add of members without a path', { op: 'add', value: { members: valuesOf([first]) } }),
    patch('replace of the members with none', { op: 'replace', path: 'members', value: [] }),
    patch('add to no members', { op: 'add', path: 'members', value: valuesOf([second, first]) }),
  ]);
};

const writeHundreds = async (session: Session): Promise<void> => {
  const { group, ids: few } = await smallGroup(session);
  const ids = await createUsers(session, many);
  const quarter = Math.ceil(ids.length / 4);
  const [first, second] = [ids.slice(0, quarter), ids.slice(quarter, 2 * quarter)];
  await writeAndRead(session, group, [
    patch(grown, { op: 'add', path: 'members', value: valuesOf(ids) }),
    patch('remove of many members, one by one', ...first.map((id) => ({ op: 'remove', path: filtered(id) }))),
    patch('remove of many members in a list', { op: 'remove', path: 'members', value: valuesOf(second) }),
    put('replace with hundreds of members', group.name, ids.slice(quarter)),
    patch('add of many members, some of whom are there', {
      op: 'add',
      path: 'members',
      value: valuesOf([...ids.slice(0, 2 * quarter), ...few]),
    }),
    patch('replace of hundreds of members', { op: 'replace', path: 'members', value: valuesOf([...first, ...second]) }),
    patch(
      'add of many members, one by one',
      ...ids.slice(-quarter).map((id) => ({ op: 'add', path: 'members', value: valuesOf([id]) })),
    ),
  ]);
};

const writeUnusual = async (session: Session): Promise<void> => {
  const { group, ids } = await smallGroup(session);
  const [first = '', second = ''] = ids;
  const gone = await createMember(session);
  await session.send({ method: 'DELETE', url: gone.path, purpose: 'delete', subject: gone.userName });
  const inner = await createGroup(session, [first]);
  const read = await session.send({ method: 'GET', url: inner.path, purpose: 'read', subject: inner.name });
  const id = responseObject(read)?.id;
  await session.attempt({ method: 'GET', url: '/Schemas', purpose: 'discover', variant: descriptionSteps.schemas });
  await writeAndRead(session, group, [
    ...(typeof id === 'string'
      ? [patch(nested, { op: 'add', path: 'members', value: [{ value: id, type: 'Group' }] })]
      : []),
    patch('remove of a member beside a group', { op: 'remove', path: filtered(second) }),
    patch(optional, { op: 'add', path: 'members', value: valuesOf([gone.id]) }),
    patch('add of a member beside others', { op: 'add', path: 'members', value: valuesOf([first]) }),
    put('replace with users only', group.name, [first, second]),
  ]);
};

const kinds = {
  'forms of clients': writeAsClients,
  hundreds: writeHundreds,
  'unusual members': writeUnusual,
} as const;

export const memberForms = defineScenario({
  name: 'member-forms',
  title: 'writes members as widely used clients do, hundreds of them, and unusual ones',
  needs: { capability: 'groups' },
  inputs: () => Object.keys(kinds) as (keyof typeof kinds)[],
  exercise: (kind, session) => kinds[kind](session),
});
