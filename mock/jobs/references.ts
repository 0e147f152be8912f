/** References from one bulk operation to another by bulkId (RFC 7644 §3.7.2). */
import { isJson } from '../json.js';
import type { Operation } from '../operation.js';
import { Problem } from '../problem.js';
import { acceptResource } from '../resources/accept.js';
import { locate } from '../resources/apply.js';
import { nodesOnCircles } from './circles.js';

const prefix = 'bulkId:';

const failedReference = (): Problem => new Problem(400, 'An operation that is referred to has failed.', 'invalidValue');

/** Every bulkId that a value refers to, at any depth. */
const referencesIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value.startsWith(prefix) ? [value.slice(prefix.length)] : [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return isJson(value) ? Object.values(value).flatMap(referencesIn) : [];
};

const pathReference = (path: string): string[] => {
  const id = path.split('/')[2] ?? '';
  return id.startsWith(prefix) ? [id.slice(prefix.length)] : [];
};

/** The value with every `bulkId:x` replaced by the id of x. */
const resolveIn = (value: unknown, idOf: (bulkId: string) => string): unknown => {
  if (typeof value === 'string') return value.startsWith(prefix) ? idOf(value.slice(prefix.length)) : value;
  if (Array.isArray(value)) return value.map((item) => resolveIn(item, idOf));
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolveIn(member, idOf)]));
};

/** The operation with its references replaced by ids. Throws a Problem of 400 if an id is missing. */
export const resolveReferences = (operation: Operation, ids: ReadonlyMap<string, string>): Operation => {
  const idOf = (bulkId: string): string => {
    const id = ids.get(bulkId);
    if (id === undefined) throw failedReference();
    return id;
  };
  const path = pathReference(operation.path).reduce(
    (result, bulkId) => result.replace(`${prefix}${bulkId}`, idOf(bulkId)),
    operation.path,
  );
  const own = operation.method === 'POST' && operation.bulkId !== undefined ? ids.get(operation.bulkId) : undefined;
  return {
    ...operation,
    path,
    data: resolveIn(operation.data, idOf),
    ...(own === undefined ? {} : { newId: own }),
  };
};

/** Every bulkId that an operation refers to, without repetition. */
export const referencesOf = ({ path, data }: Operation): string[] => [
  ...new Set([...pathReference(path), ...referencesIn(data)]),
];

export interface Dependencies {
  /** For each operation, the indexes of the operations that have to come before it. */
  readonly needs: readonly (readonly number[])[];
  /** By index, the problems of operations that cannot succeed. */
  readonly hopeless: ReadonlyMap<number, Problem>;
  /** The operations that refer to one another in circles. */
  readonly circular: ReadonlySet<number>;
}

/** Whether a create is valid in itself, so that only its surroundings can make it fail. */
const isValid = ({ path, data }: Operation): boolean => {
  try {
    acceptResource(locate(path).type, data);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
};

/** The nodes from which an edge, or several one after another, lead to one of the targets; those not included. */
const leadingTo = (targets: readonly number[], edges: readonly (readonly number[])[]): Set<number> => {
  const sources = new Map<number, number[]>();
  edges.forEach((places, index) => {
    for (const place of places) {
      const known = sources.get(place);
      if (known === undefined) sources.set(place, [index]);
      else known.push(index);
    }
  });
  const found = new Set<number>();
  const open = [...targets];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const source of sources.get(next) ?? []) {
      if (found.has(source)) continue;
      found.add(source);
      open.push(source);
    }
  for (const target of targets) found.delete(target);
  return found;
};

/**
 * Unknown references get 400. Operations in a circle do not wait for one another: they get their ids in advance.
 * `references` has the bulkIds of each operation.
 */
export const dependencies = (
  operations: readonly Operation[],
  references: readonly (readonly string[])[],
): Dependencies => {
  const creators = new Map<string, number>();
  operations.forEach(({ method, bulkId }, index) => {
    if (method === 'POST' && bulkId !== undefined) creators.set(bulkId, index);
  });
  const hopeless = new Map<number, Problem>();
  const wanted = references.map((bulkIds, index) => {
    const places = bulkIds.map((bulkId) => creators.get(bulkId));
    if (places.includes(undefined)) {
      hopeless.set(index, new Problem(400, 'A bulkId is referred to that no operation creates.', 'invalidValue'));
      return [];
    }
    return places.filter((place) => place !== undefined);
  });
  const circular = nodesOnCircles(wanted);
  // Who is created before the one that is referred to cannot wait for its failure.
  const invalid = operations.flatMap((operation, index) => (circular.has(index) && !isValid(operation) ? [index] : []));
  for (const index of leadingTo(invalid, wanted)) hopeless.set(index, failedReference());
  const needs = wanted.map((places, index) =>
    circular.has(index) ? places.filter((place) => !circular.has(place)) : places,
  );
  return { needs, hopeless, circular };
};
