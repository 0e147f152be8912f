/** References from one bulk operation to another by bulkId (RFC 7644 §3.7.2). */
import { isJson } from '../json.js';
import type { Operation } from '../operation.js';
import { Problem } from '../problem.js';
import { nodesOnCircles } from './circles.js';

const prefix = 'bulkId:';

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
    if (id === undefined) throw new Problem(400, 'An operation that is referred to has failed.', 'invalidValue');
    return id;
  };
  const path = pathReference(operation.path).reduce(
    (result, bulkId) => result.replace(`${prefix}${bulkId}`, idOf(bulkId)),
    operation.path,
  );
  return { ...operation, path, data: resolveIn(operation.data, idOf) };
};

/** Every bulkId that an operation refers to, without repetition. */
export const referencesOf = ({ path, data }: Operation): string[] => [
  ...new Set([...pathReference(path), ...referencesIn(data)]),
];

export interface Dependencies {
  /** For each operation, the indexes of the operations that it refers to. */
  readonly needs: readonly (readonly number[])[];
  /** By index, the problems of operations that cannot succeed. */
  readonly hopeless: ReadonlyMap<number, Problem>;
}

/** Circular references get 409 (RFC 7644 §3.7.1), unknown ones 400. `references` has the bulkIds of each operation. */
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
  for (const index of nodesOnCircles(wanted)) {
    hopeless.set(index, new Problem(409, 'The operations refer to one another in a circle.'));
  }
  return { needs: wanted.map((places, index) => (hopeless.has(index) ? [] : places)), hopeless };
};
