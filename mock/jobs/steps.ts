/**
 * Decides which operations have to wait for which. Operations run concurrently unless one refers to another, both write
 * the same resource (BULK-07), or failOnErrors has to count failures.
 */
import type { BulkOptions } from '../../schemas/types.js';
import type { JobHead } from '../job.js';
import { isJson } from '../json.js';
import type { Operation } from '../operation.js';
import type { Step } from '../ports.js';
import type { Problem } from '../problem.js';
import { dependencies, referencesOf, type Dependencies } from './references.js';

const independent: Dependencies = { needs: [], hopeless: new Map(), circular: new Set() };

/** Creates of one userName run in the order of the request if the last one decides what the user is like (CONF-01). */
const nameOf = (data: unknown, { onConflict = 'fail' }: BulkOptions): string | undefined =>
  onConflict === 'fail' || !isJson(data) || typeof data.userName !== 'string'
    ? undefined
    : `userName ${data.userName.toLowerCase()}`;

const resourceOf = (
  { method, path, data }: Operation,
  { id: job, options }: Pick<JobHead, 'id' | 'options'>,
): string | undefined => {
  if (method === 'POST') return nameOf(data, options);
  // The same bulkId stands for another resource in each request.
  return path.includes('/bulkId:') ? `${job} ${path}` : path;
};

/** New ids for the operations in circles, by bulkId. */
const reserve = (
  operations: readonly Operation[],
  circular: ReadonlySet<number>,
  newId: () => string,
): ReadonlyMap<string, string> =>
  new Map(
    [...circular].flatMap((index) => {
      const bulkId = operations[index]?.bulkId;
      return bulkId === undefined ? [] : [[bulkId, newId()] as const];
    }),
  );

/** `whyRefused`: why the client may not have an operation done. */
export const stepsOf = (
  head: JobHead,
  newId: () => string,
  whyRefused: (operation: Operation) => Problem | undefined = () => undefined,
): Step[] => {
  const { operations, isBulk, failOnErrors } = head;
  const references = isBulk ? operations.map(referencesOf) : [];
  const { needs, hopeless, circular } = isBulk ? dependencies(operations, references) : independent;
  const reserved = reserve(operations, circular, newId);
  const before = failOnErrors === undefined ? [] : predecessors(needs);
  return operations.map((operation, index) => {
    const last = before[index];
    return {
      resource: resourceOf(operation, head),
      after: [...(needs[index] ?? []), ...(last === undefined ? [] : [last])],
      references: (references[index] ?? []).filter((bulkId) => !circular.has(index) || !reserved.has(bulkId)),
      reserved: circular.has(index) ? reserved : undefined,
      hopeless: whyRefused(operation) ?? hopeless.get(index),
    };
  });
};

/** For each operation, the index of the one before it if all run one after another. */
const predecessors = (needs: readonly (readonly number[])[]): (number | undefined)[] => {
  const before: (number | undefined)[] = [];
  let last: number | undefined;
  for (const place of inLine(needs)) {
    before[place] = last;
    last = place;
  }
  return before;
};

/** An order of all operations by their indexes: that of the request, except that operations come after those that they refer to. */
export const inLine = (needs: readonly (readonly number[])[]): number[] => {
  const line: number[] = [];
  const placed = new Set<number>();
  const open = needs.map((_, index) => index).reverse();
  for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
    const missing = (needs[next] ?? []).filter((need) => !placed.has(need));
    if (missing.length > 0) {
      open.push(...missing);
      continue;
    }
    open.pop();
    if (placed.has(next)) continue;
    placed.add(next);
    line.push(next);
  }
  return line;
};
