/** Faults of the results of bulk requests: CORE-05, BULK-01, BULK-02, BULK-06, LIFE-06. */
import { mediaType } from '../../schemas/names.js';
import type { OperationResult } from '../operation.js';
import { isJson } from '../json.js';
import type { Ports } from '../ports.js';
import { bodyOf, counts, edit, isStatusRead, on, withBody, without, withOperations } from './answers.js';
import type { Fault } from './fault.js';
import { working } from './work.js';

/** Removes the user that an operation has created. */
const takeBack = async ({ status, location }: OperationResult, { store }: Ports): Promise<void> => {
  const id = location?.split('/').at(-1);
  if (status === '201' && id !== undefined) await store.transaction((transaction) => transaction.remove('User', id));
};

/** A fault that does not store users whose creates have this place in their bulk request or a later one. */
export const creatingNothingFrom = (place: number): Fault['seams'] =>
  working(() => async (task, honestly, { ports }) => {
    const result = await honestly(task);
    if (task.operation.path === '/Users' && task.index >= place) await takeBack(result, ports);
    return result;
  });

export const bulkResultFaults: readonly Fault[] = [
  {
    name: 'counts-against-results',
    over: 'request-mode',
    title: 'counts that say one failure less than Operations show',
    breaks: ['BULK-01'],
    seams: edit(
      isStatusRead,
      withBody((body) => {
        const { failed, success, ...rest } = counts(body);
        const failures = Number(failed);
        // Also while the request is pending, because counts that go back would be another fault (LIFE-02).
        if (failures < 2 || Number(rest.total) > 20) return body;
        return { ...body, operationsCount: { ...rest, success: Number(success) + 1, failed: failures - 1 } };
      }),
    ),
  },
  {
    name: 'duplicate-bulk-id-accepted',
    title: 'two operations with the same bulkId that both succeed',
    breaks: ['BULK-01'],
    // The mock refuses such requests early, so the fault replaces the refusal by a success.
    seams: edit(
      (answer, { path }) =>
        path === '/Bulk' && answer.status === 400 && String(bodyOf(answer).detail).includes('bulkId occurs twice'),
      () => ({ status: 200, headers: { 'Content-Type': mediaType.scim }, body: { schemas: [], Operations: [] } }),
    ),
  },
  {
    name: 'results-without-bulk-id',
    over: 'request-mode',
    title: 'results without bulkId',
    breaks: ['BULK-02'],
    seams: edit(
      isStatusRead,
      withOperations((operation) => without(operation, 'bulkId')),
    ),
  },
  {
    name: 'synchronous-bulk-keeps-nothing',
    title: 'creates of a synchronous bulk request that are answered 201 and not kept',
    breaks: ['CORE-05'],
    entails: ['CORE-08'],
    seams: edit(on(200, 'POST', /^\/Bulk$/), async (answer, _request, { ports: { store } }) => {
      const { Operations } = bodyOf(answer);
      const ids = (Array.isArray(Operations) ? Operations.filter(isJson) : [])
        .filter(({ status, location }) => status === '201' && String(location).includes('/Users/'))
        .map(({ location }) => String(location).split('/').at(-1) ?? '');
      await store.transaction(async (transaction) => {
        for (const id of ids) await transaction.remove('User', id);
      });
      return answer;
    }),
  },
  {
    name: 'bulk-create-reported-but-not-stored',
    title: 'a create that is not the first operation of a bulk request, answered 201 but not stored',
    breaks: ['LIFE-06'],
    // Synchronous and cancelled bulk requests lose creates, too.
    entails: ['CNCL-01', 'CORE-05', 'CORE-08'],
    seams: working(() => async (task, honestly, { ports }) => {
      const result = await honestly(task);
      // Not if groups refer to the users: they could not be created.
      const isReferred = JSON.stringify(task.job.operations).includes('bulkId:');
      if (task.index > 0 && !isReferred) await takeBack(result, ports);
      return result;
    }),
  },
  {
    name: 'late-bulk-creates-not-stored',
    title: 'creates after the thirteenth operation of a bulk request, answered 201 but not stored',
    breaks: ['LIFE-06'],
    seams: creatingNothingFrom(13),
  },
  {
    name: 'results-in-reverse',
    over: 'request-mode',
    title: 'results in the reverse order of the operations',
    breaks: ['BULK-06'],
    entails: ['LIFE-11'],
    seams: edit(
      isStatusRead,
      withBody((body) =>
        Array.isArray(body.Operations) ? { ...body, Operations: body.Operations.toReversed() } : body,
      ),
    ),
  },
  {
    name: 'one-result-missing',
    over: 'request-mode',
    title: 'a bulk request whose results lack one operation',
    breaks: ['BULK-06'],
    seams: edit(
      isStatusRead,
      withBody((body) =>
        Array.isArray(body.Operations) && body.Operations.length > 1
          ? { ...body, Operations: body.Operations.slice(0, -1) }
          : body,
      ),
    ),
  },
];
