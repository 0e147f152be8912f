/** Faults that begin at a certain number of operations, of requests in flight, or of characters. */
import { isJson, type Json } from '../json.js';
import { bodyOf, both, counts, edit, isStatusRead, withBody, withOperations, without, type Match } from './answers.js';
import { creatingNothingFrom } from './bulk-results.js';
import type { Fault } from './fault.js';
import { alone, working } from './work.js';

/** The total number of operations of the request that an answer shows. */
const totalOf = (body: Json): number => Number(counts(body).total);

const ofMoreThan =
  (operations: number): Match =>
  (answer) =>
    totalOf(bodyOf(answer)) > operations;

/** A status that shows an asynchronous request, also in the 202. */
const isStatus: Match = (answer) => isJson(bodyOf(answer).operationsCount);

export const sizeFaults: readonly Fault[] = [
  {
    name: 'creates-after-the-hundredth-not-stored',
    title: 'creates after the hundredth operation of a bulk request, answered 201 but not stored',
    breaks: ['LIFE-06'],
    seams: creatingNothingFrom(100),
  },
  {
    name: 'total-stops-at-sixty-four',
    over: 'request-mode',
    title: 'a total of no more than 64 for a bulk request of more operations',
    breaks: ['STAT-03', 'STAT-04'],
    seams: edit(
      both(isStatus, ofMoreThan(64)),
      withBody((body) => ({ ...body, operationsCount: { ...counts(body), total: 64 } })),
    ),
  },
  {
    name: 'large-results-in-order-of-completion',
    over: 'request-mode',
    title: 'results of 50 operations and more in another order than the operations',
    breaks: ['BULK-06'],
    entails: ['LIFE-11'],
    seams: edit(
      both(isStatusRead, ofMoreThan(49)),
      withBody((body) => {
        const results: unknown[] = Array.isArray(body.Operations) ? body.Operations : [];
        return results.length === 0 ? body : { ...body, Operations: [...results.slice(25), ...results.slice(0, 25)] };
      }),
    ),
  },
  {
    name: 'bulk-ids-cut-at-36',
    title: 'bulkIds in results that are cut at 36 characters',
    breaks: ['BULK-02'],
    seams: edit(
      isStatusRead,
      withOperations((operation) =>
        typeof operation.bulkId === 'string' ? { ...operation, bulkId: operation.bulkId.slice(0, 36) } : operation,
      ),
    ),
    over: 'request-mode',
  },
  {
    name: 'locations-missing-from-the-twentieth',
    title: 'results without location from the twentieth operation on',
    breaks: ['LIFE-10'],
    over: 'request-mode',
    seams: edit(
      isStatusRead,
      withBody((body) =>
        Array.isArray(body.Operations)
          ? {
              ...body,
              Operations: body.Operations.filter(isJson).map((operation, index) =>
                index >= 19 && operation.status === '201' ? without(operation, 'location') : operation,
              ),
            }
          : body,
      ),
    ),
  },
  {
    name: 'third-patch-of-a-bulk-not-done',
    title: 'a PATCH that is the third one of its bulk request or a later one, reported as done but not done',
    breaks: ['LIFE-06'],
    // It may be the last one on its user.
    entails: ['BULK-07'],
    seams: working(() => async (task, honestly) => {
      const { operation, job } = task;
      const before = job.operations.slice(0, task.index).filter(({ method }) => method === 'PATCH').length;
      if (operation.method !== 'PATCH' || before < 2 || operation.path.includes('bulkId:')) return honestly(task);
      return honestly({ ...task, operation: { ...operation, data: withoutEffect(operation.data) } });
    }),
  },
  {
    name: 'lost-with-twenty-five-in-flight',
    title: 'creates that are accepted while 25 others are pending, and never run',
    breaks: ['LIFE-01'],
    seams: (base, environment) => {
      const pending = new Set<string>();
      const work = working(() => async (task, honestly) => {
        const result = await honestly(task);
        if (alone(task) !== undefined) pending.delete(task.job.id);
        return result;
      });
      return {
        ...work(base, environment),
        isQueued: (head) => {
          if (head.isBulk || head.operations[0]?.method !== 'POST') return base.isQueued(head);
          if (pending.size >= 25) return false;
          pending.add(head.id);
          return base.isQueued(head);
        },
      };
    },
  },
];

/** The PATCH with a value that no attribute keeps. */
const withoutEffect = (data: unknown): unknown =>
  isJson(data) ? { ...data, Operations: [{ op: 'add', path: 'emails', value: [] }] } : data;
