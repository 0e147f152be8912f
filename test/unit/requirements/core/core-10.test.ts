import { urn } from '../../../../schemas/names.js';
import { core10 } from '../../../../suites/requirements/core/core-10.js';
import { plainMemberWrite } from '../../../../suites/scenarios/building-blocks/plain-member-writes.js';
import { descriptionSteps } from '../../../../suites/scenarios/building-blocks/read-description.js';
import { memberForms, memberFormsSteps } from '../../../../suites/scenarios/synchronous/member-forms.js';
import { membersInRounds, membersInRoundsSteps } from '../../../../suites/scenarios/synchronous/members-in-rounds.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

type Json = Record<string, unknown>;

const valuesOf = (ids: readonly string[]): Json[] => ids.map((value) => ({ value }));

const groupOf = (ids: readonly string[]): Json => ({
  schemas: [urn.group],
  id: 'g',
  displayName: 'g',
  ...(ids.length === 0 ? {} : { members: valuesOf(ids) }),
});

const patchOf = (...Operations: Json[]): Json => ({ schemas: [urn.patchOp], Operations });

const add = (...ids: string[]): Json => ({ op: 'add', path: 'members', value: valuesOf(ids) });
const addWithoutPath = (...ids: string[]): Json => ({ op: 'add', value: { members: valuesOf(ids) } });
const removeOf = (id: string): Json => ({ op: 'remove', path: `members[value eq "${id}"]` });
const removeList = (...ids: string[]): Json => ({ op: 'remove', path: 'members', value: valuesOf(ids) });
const replace = (...ids: string[]): Json => ({ op: 'replace', path: 'members', value: valuesOf(ids) });

/** A write, its answer, and the members that a read shows after it; undefined: none is shown. */
interface Write extends Answer {
  readonly sent: Json;
  readonly is: readonly string[];
}

const about = { subject: 'g' };

/** A group of 1 and 2, and writes of it with reads between them. */
const written =
  (...writes: readonly Write[]) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(memberForms, 'request-mode');
    const first = groupOf(['1', '2']);
    trace.exchange('create', 'POST /Groups', { status: 201, sent: first, body: first, ...about });
    trace.exchange('read', 'GET /Groups/g', { status: 200, body: first, ...about });
    for (const { is, ...answer } of writes) {
      const isPatch = 'Operations' in answer.sent;
      const request = isPatch ? 'PATCH /Groups/g' : 'PUT /Groups/g';
      trace.exchange(isPatch ? 'patch' : 'replace', request, { status: 204, ...about, ...answer });
      trace.exchange('read', 'GET /Groups/g', { status: 200, body: groupOf(is), ...about });
    }
    return trace;
  };

const patched = (operations: readonly Json[], is: readonly string[], answer: Partial<Write> = {}): Write => ({
  sent: patchOf(...operations),
  is,
  ...answer,
});

const plain = (operation: Json, is: readonly string[]): Write =>
  patched([operation], is, { variant: plainMemberWrite });

const numbered = (count: number): string[] => Array.from({ length: count }, (_, place) => String(place + 1));

/** A PATCH of a round: what it does, and its answer. */
type Beside = readonly [operations: readonly Json[], answer: Answer];

/** Rounds of PATCHes at the same time, each with the members that a read shows after it. */
const beside =
  (...rounds: readonly (readonly [patches: readonly Beside[], is: readonly string[]])[]) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(membersInRounds, 'request-mode');
    const first = groupOf(['1', '2']);
    trace.exchange('create', 'POST /Groups', { status: 201, sent: first, body: first, ...about });
    trace.exchange('read', 'GET /Groups/g', { status: 200, body: first, ...about });
    rounds.forEach(([patches, is], place) => {
      const variant = place === 0 ? membersInRoundsSteps.adding : membersInRoundsSteps.mixed;
      for (const [operations, answer] of patches) {
        const sent = patchOf(...operations);
        trace.exchange('patch', 'PATCH /Groups/g', {
          at: place * 1000 + 20,
          took: 900,
          sent,
          ...about,
          variant,
          ...answer,
        });
      }
      trace.exchange('read', 'GET /Groups/g', { status: 200, at: place * 1000 + 950, body: groupOf(is), ...about });
    });
    return trace;
  };

const done = { status: 204 };

const added: readonly [readonly Beside[], readonly string[]] = [
  [
    [[add('3')], done],
    [[add('4')], done],
  ],
  ['1', '2', '3', '4'],
];

interface Nested {
  readonly members?: Json;
  readonly is?: readonly string[];
  readonly status?: number;
  readonly first?: readonly Write[];
}

/** The add of a group as a member, after what /Schemas says about members. */
const nested =
  ({
    members = { name: 'members', subAttributes: [{ name: 'type', canonicalValues: ['User', 'Group'] }] },
    ...more
  }: Nested) =>
  (): HandMadeTrace => {
    const { is = ['1', '2'], status = 204, first = [] } = more;
    const trace = new HandMadeTrace(memberForms, 'request-mode');
    const group = groupOf(['1', '2']);
    trace.exchange('create', 'POST /Groups', { status: 201, sent: group, body: group, ...about });
    const body = {
      schemas: [urn.listResponse],
      totalResults: 1,
      Resources: [{ id: urn.group, attributes: [members] }],
    };
    trace.exchange('discover', 'GET /Schemas', { status: 200, body, variant: descriptionSteps.schemas });
    trace.exchange('read', 'GET /Groups/g', { status: 200, body: group, ...about });
    for (const write of [...first, patched([add('8')], is, { status, variant: memberFormsSteps.nested })]) {
      const { is: shown, ...answer } = write;
      trace.exchange('patch', 'PATCH /Groups/g', { status: 204, ...about, ...answer });
      trace.exchange('read', 'GET /Groups/g', { status: 200, body: groupOf(shown), ...about });
    }
    return trace;
  };

proveRequirement(core10, {
  right: {
    'members are added without a path': written(patched([addWithoutPath('3')], ['3', '1', '2'])),
    'members in a list are removed': written(patched([removeList('1')], ['2'])),
    'several operations are done in their order': written(patched([removeOf('1'), add('3', '1')], ['1', '2', '3'])),
    'PUT writes other members': written({ sent: groupOf(['2', '3']), is: ['2', '3'] }),
    'a group is a member': nested({ is: ['1', '2', '8'] }),
    'the members are replaced by none': written(patched([replace()], [])),
    'two hundred members are added and one is removed': written(
      patched([add(...numbered(200))], numbered(200)),
      patched(
        [removeOf('7')],
        numbered(200).filter((id) => id !== '7'),
      ),
    ),
    'adds and removes at the same time are all done': beside(added, [
      [
        [[removeOf('1')], done],
        [[add('5')], done],
      ],
      ['2', '3', '4', '5'],
    ]),
  },
  wrong: {
    'member-not-added': {
      'without a path': written(patched([addWithoutPath('3')], ['1', '2'])),
      'by the second of two operations': written(patched([removeOf('1'), add('3')], ['2'])),
      'once it was removed': written(patched([removeOf('1')], ['2']), patched([add('1')], ['2'])),
      'by a PUT after another write': written(patched([add('3')], ['1', '2', '3']), {
        sent: groupOf(['3', '4']),
        is: ['3'],
      }),
    },
    'member-not-removed': {
      'in a list': written(patched([removeList('1')], ['1', '2'])),
      'in a list of which only the first is removed': written(
        patched([add('3')], ['1', '2', '3']),
        patched([removeList('1', '2')], ['2', '3']),
      ),
      'where the members are replaced by none': written(patched([replace()], ['1', '2'])),
    },
    'other-member-lost': {
      'by an add without a path': written(patched([addWithoutPath('3')], ['3'])),
      'by a remove of somebody who is no member': written(patched([removeOf('9')], [])),
      'by an add of somebody who is there, among others': written(patched([add('1', '3')], ['2', '3'])),
      'in a large group': written(
        patched([add(...numbered(100))], numbered(100)),
        patched([add('101')], numbered(101).slice(51)),
      ),
      'by an add whose answer is 200, while another kind of plain write is wrong': written(
        plain(removeOf('1'), ['1', '2']),
        patched([addWithoutPath('3')], ['3'], { status: 200 }),
      ),
    },
    'other-member-added': written(patched([removeOf('9')], ['1', '2', '9'])),
    'refused-write-done': {
      'the first of two operations': written(patched([removeOf('1'), removeOf('9')], ['2'], { status: 400 })),
      'a PUT': written({ sent: groupOf(['3']), is: ['3'], status: 409 }),
    },
    'member-twice': written(patched([add('3', '3')], ['1', '2', '3', '3'])),
    'nested-group-dropped': {
      'where its type is a canonical value': nested({}),
      'where it is named by $ref': nested({
        members: { name: 'members', subAttributes: [{ name: '$ref', type: 'reference', referenceTypes: ['Group'] }] },
      }),
    },
    'no-order-explains-members': {
      'a member who was removed is back': beside(added, [
        [
          [[removeOf('1')], done],
          [[add('5')], done],
        ],
        ['1', '2', '3', '4', '5'],
      ]),
      'a member is lost, although members that were only added are all there': beside(added, [
        [
          [[removeOf('1')], done],
          [[add('5')], done],
        ],
        ['2', '3', '4'],
      ]),
      'half of a PATCH is there': beside(added, [[[[removeOf('1'), add('5')], done]], ['2', '3', '4']]),
      'a PATCH that was refused is done': beside(added, [
        [
          [[add('5')], done],
          [[removeOf('1')], { status: 412 }],
        ],
        ['2', '3', '4', '5'],
      ]),
      'a PATCH is undone that ended before the other one began': beside(added, [
        [
          [[add('5')], { status: 204, at: 1020, took: 10 }],
          [[removeOf('5')], { status: 204, at: 1040, took: 10 }],
        ],
        ['1', '2', '3', '4', '5'],
      ]),
    },
  },
  legal: {
    'a list of members to remove is refused (RFC 7644 §3.5.2.2)': written(
      patched([removeList('1')], ['1', '2'], { status: 400 }),
    ),
    'who is no member cannot be removed (RFC 7644 §3.5.2.2, noTarget)': written(
      patched([removeOf('9')], ['1', '2'], { status: 400 }),
    ),
    'somebody who is named twice is there twice, and was so before (RFC 7643 §2.4, a SHOULD of CORE-03)': written(
      patched([add('1')], ['1', '1', '2']),
    ),
    'a group is no member, and /Schemas is not served (RFC 7643 §4.2)': written(
      patched([add('8')], ['1', '2'], { variant: memberFormsSteps.nested }),
      patched([removeOf('1')], ['2']),
    ),
    'a group is refused as a member, although /Schemas names groups (RFC 7644 §3.12)': nested({ status: 400 }),
    'a group is dropped where /Schemas names users only (RFC 7643 §7)': nested({
      members: { name: 'members', subAttributes: [{ name: 'type', canonicalValues: ['User'] }] },
    }),
    'a group is dropped where members are read-only (RFC 7643 §7)': nested({
      members: {
        ...{ name: 'members', mutability: 'readOnly' },
        subAttributes: [{ name: 'type', canonicalValues: ['Group'] }],
      },
    }),
    'who was deleted is a member for a while (RFC 7643 §4.2)': written(
      patched([add('8')], ['1', '2', '8'], { variant: memberFormsSteps.optional }),
      patched([add('3')], ['1', '2', '3']),
    ),
    'a server error says nothing about the group, and is for ERR-09': written(
      patched([removeList('1')], ['2'], { status: 500 }),
    ),
    'PATCHes at the same time of which one is refused (RFC 9110 §13.1.1)': beside(added, [
      [
        [[removeOf('1')], { status: 412 }],
        [[add('5')], done],
      ],
      ['1', '2', '3', '4', '5'],
    ]),
    'PATCHes at the same time of which one got no answer, and may be done': beside(added, [
      [
        [[removeOf('1')], { failure: { code: 'timeout', message: 'no answer' } }],
        [[add('5')], { status: 503 }],
      ],
      ['2', '3', '4'],
    ]),
    'an add and a remove of one member at the same time, in either order': beside(added, [
      [
        [[removeOf('3')], done],
        [[add('3')], done],
      ],
      ['1', '2', '4'],
    ]),
  },
  open: {
    'a list of members to remove, of which none is left (RFC 7644 §3.5.2.2)': written(patched([removeList('1')], [])),
  },
  silent: {
    'a group is dropped by a provider whose plain adds go wrong, which CORE-03 judges': nested({
      first: [plain(add('3'), ['1', '2'])],
    }),
    'a plain write that goes wrong, which CORE-03 judges': written(plain(removeOf('1'), ['1', '2'])),
    'a write of a kind of which the plain one goes wrong': written(
      plain(add('3'), ['3']),
      patched([addWithoutPath('4')], ['4']),
    ),
    'hundreds of members, of which only ten are kept from the first': written(
      patched([add(...numbered(100))], numbered(10), { variant: memberFormsSteps.grown }),
      patched([replace(...numbered(100))], numbered(10)),
    ),
    'a PUT without members that leaves them as they were (RFC 7644 §3.5.1, RFC 7643 §2.5)': written({
      sent: groupOf([]),
      is: ['1', '2'],
    }),
    'hundreds of members that no read shows': written(patched([add(...numbered(100))], [])),
    'a write of the name alone': written(patched([{ op: 'replace', value: { displayName: 'h' } }], [])),
    'members that are lost by adds at the same time, which CORE-03 judges': beside(
      [added[0], ['1', '2', '4']],
      [[[[removeOf('1')], done]], ['1', '2', '4']],
    ),
    'a provider that shows no members at all': () => {
      const trace = new HandMadeTrace(memberForms, 'request-mode');
      const [sent, body] = [groupOf(['1']), groupOf([])];
      trace.exchange('create', 'POST /Groups', { status: 201, sent, body, ...about });
      trace.exchange('read', 'GET /Groups/g', { status: 200, body, ...about });
      trace.exchange('patch', 'PATCH /Groups/g', { status: 204, sent: patchOf(addWithoutPath('3')), ...about });
      trace.exchange('read', 'GET /Groups/g', { status: 200, body, ...about });
      return trace;
    },
  },
});
