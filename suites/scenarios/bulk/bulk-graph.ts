/** Bulk requests whose operations refer to one another by bulkId: backwards, forwards, in chains, and to nothing. */
import fc from 'fast-check';
import { urn } from '../../../schemas/names.js';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { completeBulk } from '../building-blocks/complete-bulk.js';
import { canPatchNames } from '../building-blocks/can-patch.js';
import { pathOfResult, readBack } from '../building-blocks/look-again.js';
import { defineScenario } from '../../definitions/scenario.js';
import { bulkPlan, type BulkOperation } from '../building-blocks/bulk-plan.js';
import { step } from '../../trace/step.js';

/** One operation; the numbers choose the nodes to which it refers. */
type Node =
  | { readonly kind: 'user' }
  /** A group of users that are before it in the list of nodes; each number is taken modulo the number of these users. */
  | { readonly kind: 'group'; readonly members: readonly number[] }
  | { readonly kind: 'patch'; readonly of: number }
  /** Refers to a bulkId that no operation has, or to an operation that fails. */
  | { readonly kind: 'unresolvable'; readonly to: 'nowhere' | 'bad' };

interface Graph {
  readonly nodes: readonly Node[];
  /** The order of the operations in the request. */
  readonly order: readonly number[];
}

const nodeArbitrary = (groups: boolean, patch: boolean): fc.Arbitrary<Node> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Node>({ kind: 'user' }) },
    ...(groups
      ? [
          {
            weight: 3,
            arbitrary: fc
              .array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 4 })
              .map((members): Node => ({ kind: 'group', members })),
          },
        ]
      : []),
    ...(patch ? [{ weight: 2, arbitrary: fc.nat({ max: 9 }).map((of): Node => ({ kind: 'patch', of })) }] : []),
    {
      weight: 1,
      arbitrary: fc.constantFrom<'nowhere' | 'bad'>('nowhere', 'bad').map((to): Node => ({ kind: 'unresolvable', to })),
    },
  );

/** Each bulkId is the beginning of the next one, so a provider has to compare a reference to its end; it may hold colons. */
const bulkIdOf = (place: number): string => `n:${'n'.repeat(place + 1)}`;

/** The operations of a graph, in the order of its nodes. Nodes refer only to earlier ones, so there is no circle. */
const operationsOf = (session: Session, { nodes }: Graph, groups: boolean): BulkOperation[] => {
  const creates = (kind: 'user' | 'any', before: number): number[] =>
    nodes
      .map((node, place) => ({ node, place }))
      .filter(
        ({ node, place }) => place < before && (node.kind === 'user' || (kind === 'any' && node.kind === 'group')),
      )
      .map(({ place }) => place);
  const pick = (from: readonly number[], number: number): number[] => {
    const place = from[number % Math.max(1, from.length)];
    return place === undefined ? [] : [place];
  };
  return nodes.map((node, place): BulkOperation => {
    const bulkId = bulkIdOf(place);
    switch (node.kind) {
      case 'user':
        break;
      case 'group': {
        const members = [...new Set(node.members.flatMap((member) => pick(creates('user', place), member)))];
        const name = session.groupName();
        const data = plainGroup(
          name,
          members.map((member) => `bulkId:${bulkIdOf(member)}`),
        );
        return { method: 'POST', path: '/Groups', bulkId, expected: 'success', userName: name, data };
      }
      case 'patch': {
        const [of] = pick(creates('user', place), node.of);
        if (of === undefined) break;
        const path = `/Users/bulkId:${bulkIdOf(of)}`;
        return { method: 'PATCH', path, bulkId, expected: 'success', data: wordPatch(session.word()) };
      }
      case 'unresolvable': {
        if (!groups) {
          const data = wordPatch(session.word());
          return { method: 'PATCH', path: `/Users/bulkId:${node.to}`, bulkId, expected: 'failure', data };
        }
        const name = session.groupName();
        const data = plainGroup(name, [`bulkId:${node.to}`]);
        return { method: 'POST', path: '/Groups', bulkId, expected: 'failure', userName: name, data };
      }
    }
    const userName = session.userName();
    const data = wordedUser(userName, session.word());
    return { method: 'POST', path: '/Users', bulkId, expected: 'success', userName, data };
  });
};

export const bulkGraph = defineScenario({
  name: 'bulk-graph',
  title: 'submits a bulk request whose operations refer to one another',
  needs: { capability: 'bulk' },
  eachBinding: true,
  inputs: ({ capabilities: { groups, patch }, bulkRoom }) => {
    // One operation is reserved for the create that fails.
    const most = Math.max(2, Math.min(12, (bulkRoom ?? 13) - 1));
    // If groups and limits allow it, every graph has a group with two members: it shows whether references are mixed up.
    const first: Node[] =
      groups && most >= 4
        ? [{ kind: 'user' }, { kind: 'user' }, { kind: 'group', members: [0, 1] }]
        : [{ kind: 'user' }];
    return fc
      .array(nodeArbitrary(groups, patch), { minLength: 1, maxLength: most - first.length, size: 'max' })
      .chain((rest): fc.Arbitrary<Graph> => {
        const nodes: Node[] = [...first, ...rest];
        const places = nodes.map((_, place) => place);
        return fc.shuffledSubarray(places, { minLength: nodes.length }).map((order) => ({ nodes, order }));
      });
  },
  exercise: (graph, session) => submitGraph(graph, session),
});

/** A create that fails, and to which other operations refer. */
const failingCreate: BulkOperation = {
  method: 'POST',
  path: '/Users',
  bulkId: 'bad',
  expected: 'failure',
  status: '400',
  data: { schemas: [urn.user] },
};

const submitGraph = async (graph: Graph, session: Session): Promise<void> => {
  const isPatched = graph.nodes.some(({ kind }) => kind === 'patch');
  const canPatch = !isPatched || (await canPatchNames(session));
  const nodes = graph.nodes.map((node): Node => (node.kind === 'patch' && !canPatch ? { kind: 'user' } : node));
  const operations = operationsOf(session, { ...graph, nodes }, session.facts.capabilities.groups);
  const isReferred = graph.nodes.some((node) => node.kind === 'unresolvable' && node.to === 'bad');
  const ordered = [...graph.order.flatMap((place) => operations[place] ?? []), ...(isReferred ? [failingCreate] : [])];
  const results = await completeBulk(session, bulkPlan(ordered));
  if (results === undefined) return;
  for (const [index, { path, expected }] of ordered.entries()) {
    const created = pathOfResult(session, results[index]);
    if (created === undefined || results[index]?.status === undefined || expected === 'failure') continue;
    if (path === '/Groups' || path.includes('bulkId:')) {
      await readBack(session, created, ordered[index]?.bulkId);
    }
  }
  for (const { expected, userName } of ordered) {
    if (expected === 'failure' && userName !== undefined) await session.find(userName, 'search', 'Groups');
  }
};

/** Two users and a group of both. Every request of this graph has the same bulkIds. */
const sharedIdsGraph: Graph = {
  nodes: [{ kind: 'user' }, { kind: 'user' }, { kind: 'group', members: [0, 1] }],
  order: [2, 0, 1],
};

/** Number of bulk requests with the same bulkIds at a time. */
const sharedIdsRequests = 4;

export const bulkIdsShared = defineScenario({
  name: 'bulk-ids-shared',
  title: 'submits several bulk requests with the same bulkIds at a time',
  needs: { capability: 'bulk' },
  eachBinding: true,
  inputs: ({ capabilities, bulkRoom = Infinity }) => (capabilities.groups && bulkRoom >= 3 ? [null] : []),
  exercise: async (_input, session) => {
    await Promise.all(Array.from({ length: sharedIdsRequests }, () => submitGraph(sharedIdsGraph, session)));
  },
});

export const bulkCircleSteps = {
  circle: step('a circle'),
  failingCreate: step('a create that fails'),
  nothing: step('nothing'),
};

const circleSteps = {
  'a circle': bulkCircleSteps.circle,
  'a create that fails': bulkCircleSteps.failingCreate,
  nothing: bulkCircleSteps.nothing,
};

export const bulkCircle = defineScenario({
  name: 'bulk-circle',
  title: 'submits a bulk request of groups whose members cannot be resolved, and a user',
  needs: { capability: 'bulk' },
  eachBinding: true,
  // Only groups can refer to one another in a circle.
  inputs: ({ capabilities }) => (capabilities.groups ? (['a circle', 'a create that fails', 'nothing'] as const) : []),
  exercise: async (about, session) => {
    const userName = session.userName();
    const group = (bulkId: string, member: string): BulkOperation => {
      const name = session.groupName();
      const data = plainGroup(name, [`bulkId:${member}`]);
      return { method: 'POST', path: '/Groups', bulkId, expected: 'failure', status: '409', userName: name, data };
    };
    const user: BulkOperation = {
      method: 'POST',
      path: '/Users',
      bulkId: 'u',
      expected: 'success',
      userName,
      data: wordedUser(userName, session.word()),
    };
    const operations = {
      'a circle': () => [group('a', 'b'), user, group('b', 'a')],
      'a create that fails': () => [failingCreate, user, group('a', 'bad')],
      nothing: () => [group('a', 'nowhere'), user],
    }[about]();
    await completeBulk(session, { ...bulkPlan(operations), variant: circleSteps[about] });
  },
});
