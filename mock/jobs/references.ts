/** Finds which operations of a bulk request refer to which (RFC 7644 §3.7.2), and which can never be resolved. */
import { Problem } from '../problem.js';
import { isJson } from '../resources/representation.js';
import type { Operation } from '../operation.js';

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

/** The value with every `bulkId:x` replaced by what `idOf` knows of x. Throws what `idOf` throws. */
export const resolveReferences = (value: unknown, idOf: (bulkId: string) => string): unknown => {
  if (typeof value === 'string') return value.startsWith(prefix) ? idOf(value.slice(prefix.length)) : value;
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, idOf));
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolveReferences(member, idOf)]));
};

export const resolvePath = (path: string, idOf: (bulkId: string) => string): string =>
  pathReference(path).reduce((result, bulkId) => result.replace(`${prefix}${bulkId}`, idOf(bulkId)), path);

export interface Dependencies {
  /** For each operation, the places of those whose result it needs. */
  readonly needs: readonly (readonly number[])[];
  /** Operations that fail whatever happens, by their place. */
  readonly hopeless: ReadonlyMap<number, Problem>;
}

/** What a request that is no bulk request depends on. */
export const independent: Dependencies = { needs: [], hopeless: new Map() };

/** Whether an operation leads back to itself. */
const isCircular = (start: number, needs: readonly (readonly number[])[]): boolean => {
  const seen = new Set<number>();
  const open = [...(needs[start] ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === start) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(needs[next] ?? []));
  }
  return false;
};

/** Circular references get 409 (RFC 7644 §3.7.1), references to nothing 400. */
export const dependencies = (operations: readonly Operation[]): Dependencies => {
  const creators = new Map<string, number>();
  operations.forEach(({ method, bulkId }, index) => {
    if (method === 'POST' && bulkId !== undefined) creators.set(bulkId, index);
  });
  const hopeless = new Map<number, Problem>();
  const wanted = operations.map(({ path, data }, index) => {
    const references = [...new Set([...pathReference(path), ...referencesIn(data)])];
    const places = references.map((bulkId) => creators.get(bulkId));
    if (places.includes(undefined)) {
      hopeless.set(index, new Problem(400, 'A bulkId is referred to that no operation creates.', 'invalidValue'));
      return [];
    }
    return places.filter((place) => place !== undefined);
  });
  wanted.forEach((places, index) => {
    if (places.length > 0 && isCircular(index, wanted)) {
      hopeless.set(index, new Problem(409, 'The operations refer to one another in a circle.'));
    }
  });
  return { needs: wanted.map((places, index) => (hopeless.has(index) ? [] : places)), hopeless };
};
