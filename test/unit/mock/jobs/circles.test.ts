import fc from 'fast-check';
import t from 'tap';
import { nodesOnCircles } from '../../../../mock/jobs/circles.js';

/** Whether a node leads back to itself, looked for from each node anew. */
const leadsBack = (start: number, edges: readonly (readonly number[])[]): boolean => {
  const seen = new Set<number>();
  const open = [...(edges[start] ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === start) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(edges[next] ?? []));
  }
  return false;
};

void t.test('the nodes on circles are those that lead back to themselves', (t) => {
  const graph = fc.integer({ min: 0, max: 12 }).chain((size) =>
    fc.array(fc.array(fc.nat({ max: Math.max(0, size - 1) }), { maxLength: 3 }), {
      minLength: size,
      maxLength: size,
    }),
  );
  fc.assert(
    fc.property(graph, (edges) => {
      const expected = edges.flatMap((_, node) => (leadsBack(node, edges) ? [node] : []));
      return JSON.stringify([...nodesOnCircles(edges)].sort((a, b) => a - b)) === JSON.stringify(expected);
    }),
    { numRuns: 5000 },
  );
  t.same([...nodesOnCircles([[1], [2], [0], [0], []])].sort(), [0, 1, 2], 'what leads to a circle is not on it');
  t.end();
});

void t.test('a chain of a hundred thousand has no circle, and is not too deep', (t) => {
  const chain = Array.from({ length: 100_000 }, (_, node) => (node === 0 ? [] : [node - 1]));
  t.equal(nodesOnCircles(chain).size, 0);
  t.equal(nodesOnCircles(chain.with(0, [99_999])).size, 100_000);
  t.end();
});
