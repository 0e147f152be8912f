/** Finds circles in a directed graph in linear time (strongly connected components, Tarjan 1972). */

interface Visit {
  readonly node: number;
  /** Index of the next edge to follow. */
  edge: number;
}

/** The nodes that lie on a circle. `edges[n]` are the successors of node n. */
export const nodesOnCircles = (edges: readonly (readonly number[])[]): Set<number> => {
  const order = new Map<number, number>();
  /** Lowest order of a node that is known to be reachable. */
  const lowest = new Map<number, number>();
  const component: number[] = [];
  const inComponent = new Set<number>();
  const found = new Set<number>();
  const path: Visit[] = [];

  const lower = (node: number, to: number): void => void lowest.set(node, Math.min(lowest.get(node) ?? to, to));
  const enter = (node: number): void => {
    order.set(node, order.size);
    lower(node, order.size - 1);
    component.push(node);
    inComponent.add(node);
    path.push({ node, edge: 0 });
  };
  const leave = (node: number): void => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) lower(parent.node, lowest.get(node) ?? 0);
    if (lowest.get(node) !== order.get(node)) return;
    const members = component.splice(component.lastIndexOf(node));
    const isCircle = members.length > 1 || (edges[node] ?? []).includes(node);
    for (const member of members) {
      inComponent.delete(member);
      if (isCircle) found.add(member);
    }
  };

  for (const start of edges.keys()) {
    if (!order.has(start)) enter(start);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const next = edges[visit.node]?.[visit.edge];
      visit.edge += 1;
      if (next === undefined) leave(visit.node);
      else if (!order.has(next)) enter(next);
      else if (inComponent.has(next)) lower(visit.node, order.get(next) ?? 0);
    }
  }
  return found;
};
