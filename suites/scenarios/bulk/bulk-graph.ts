/** Bulk requests whose operations refer to one another by bulkId: backwards, forwards, in chains, and to nothing. */
import fc from 'fast-check';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import { pathUnder } from '../../history/history.js';
import type { Session } from '../../session/session.js';
import { defineScenario } from '../scenario.js';
import { bulkPlan, type BulkOperation } from './bulk-plan.js';

/** One operation; the numbers are places of nodes of which the operation is about. */
type Node =
  | { readonly kind: 'user' }
  /** A group of the nodes before it in the list of nodes, taken modulo their number. */
  | { readonly kind: 'group'; readonly members: readonly number[] }
  | { readonly kind: 'patch'; readonly of: number }
  | { readonly kind: 'unresolvable' };

interface Graph {
  readonly nodes: readonly Node[];
  /** Decides the order in which the operations stand in the request. */
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
    { weight: 1, arbitrary: fc.constant<Node>({ kind: 'unresolvable' }) },
  );

const bulkIdOf = (place: number): string => `n${place}`;

/** The operations of a graph, in the order of its nodes. Nodes refer to earlier ones only: there is no circle. */
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
        const members = [...new Set(node.members.flatMap((member) => pick(creates('any', place), member)))];
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
          return { method: 'PATCH', path: '/Users/bulkId:nowhere', bulkId, expected: 'failure', data };
        }
        const name = session.groupName();
        const data = plainGroup(name, ['bulkId:nowhere']);
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
  needs: { binding: 'any', capability: 'bulk' },
  inputs: ({ capabilities: { groups, patch }, bulkMaxOperations }) => {
    const most = Math.max(2, Math.min(12, bulkMaxOperations ?? 12));
    // Every graph has what tells whether two references are told apart, where groups and limits allow it.
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
  exercise: async (graph, session) => {
    const operations = operationsOf(session, graph, session.facts.capabilities.groups);
    const ordered = graph.order.flatMap((place) => operations[place] ?? []);
    const submitted = await session.submit(bulkPlan(ordered));
    if (!submitted.submission.accepted) return;
    const { results } = await session.settle(submitted);
    const { baseUrl } = session.facts;
    for (const [index, { path }] of ordered.entries()) {
      const created = pathUnder(results[index]?.location ?? '', `${baseUrl}/`, baseUrl);
      if (created === undefined || results[index]?.status === undefined) continue;
      if (path === '/Groups' || path.includes('bulkId:')) {
        const variant = ordered[index]?.bulkId ?? '';
        await session.attempt({ method: 'GET', url: created, purpose: 'read', variant, subject: created });
      }
    }
    for (const { expected, userName } of ordered) {
      if (expected === 'failure' && userName !== undefined) await session.find(userName, 'search', 'Groups');
    }
  },
});

export const bulkCircle = defineScenario({
  name: 'bulk-circle',
  title: 'submits a bulk request of two groups that are members of each other, and a user',
  needs: { binding: 'any', capability: 'bulk' },
  // Without groups there is nothing that can refer in a circle.
  inputs: ({ capabilities }) => (capabilities.groups ? [null] : []),
  exercise: async (_input, session) => {
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
    const submitted = await session.submit(bulkPlan([group('a', 'b'), user, group('b', 'a')]));
    if (submitted.submission.accepted) await session.settle(submitted);
  },
});
