/** Faults of the results of single operations: LIFE-11. */
import { etagOf } from '../stored.js';
import { isJson } from '../json.js';
import { edit, isStatusRead, withBody, without, withOperations } from './answers.js';
import { paying } from './claims.js';
import type { Fault } from './fault.js';
import { working } from './work.js';

export const resultFaults: readonly Fault[] = [
  {
    name: 'results-without-method',
    over: 'request-mode',
    title: 'results without method',
    breaks: ['LIFE-11'],
    seams: edit(
      isStatusRead,
      withOperations((operation) => without(operation, 'method')),
    ),
  },
  {
    name: 'failures-without-method',
    over: 'request-mode',
    title: 'results of failed operations without method',
    breaks: ['LIFE-11'],
    seams: edit(
      isStatusRead,
      withOperations((operation) => (Number(operation.status) >= 400 ? without(operation, 'method') : operation)),
    ),
  },
  {
    name: 'creates-reported-as-200',
    over: 'request-mode',
    title: 'results of creates whose status is 200',
    breaks: ['LIFE-11'],
    seams: edit(
      isStatusRead,
      withOperations((operation) => (operation.status === '201' ? { ...operation, status: '200' } : operation)),
    ),
  },
  {
    name: 'changes-reported-as-201',
    over: 'request-mode',
    title: 'results of changes and deletes whose status is 201',
    breaks: ['LIFE-11'],
    seams: edit(
      isStatusRead,
      withOperations((operation) =>
        operation.status === '200' || operation.status === '204' ? { ...operation, status: '201' } : operation,
      ),
    ),
  },
  {
    name: 'completions-of-creates-are-200',
    over: 'respond-async',
    title: 'completion events of creates whose status is 200',
    breaks: ['LIFE-11'],
    seams: paying((payload) => (payload.status === '201' ? { ...payload, status: '200' } : payload)),
  },
  {
    name: 'version-from-before-the-write',
    title: 'results of changes with the version that the resource had before',
    breaks: ['LIFE-11'],
    // Results of synchronous bulk requests have a version, too.
    entails: ['CORE-08'],
    seams: working(() => async (task, honestly, { ports: { store } }) => {
      const before = await store.find(task.operation.path.split('/')[2] ?? '');
      const result = await honestly(task);
      return result.version === undefined || before === undefined ? result : { ...result, version: etagOf(before) };
    }),
  },
  {
    name: 'location-of-creates-made-from-the-request',
    over: 'request-mode',
    title: 'results of creates whose location is that of the request, and not of the resource',
    // Reads at the location show no effect.
    breaks: ['LIFE-04', 'LIFE-06', 'LIFE-11'],
    seams: edit(
      isStatusRead,
      withBody((body) => {
        const Operations = Array.isArray(body.Operations) ? body.Operations.filter(isJson) : undefined;
        const [first] = Operations ?? [];
        return Operations?.length === 1 && first?.method === 'POST' && typeof first.location === 'string'
          ? { ...body, Operations: [{ ...first, location: first.location.replace(/[^/]+$/, String(body.id)) }] }
          : body;
      }),
    ),
  },
  {
    name: 'location-made-from-the-request',
    title: 'results of changes whose location is that of the request, and not of the resource',
    breaks: ['LIFE-11'],
    seams: working(() => async (task, honestly) => {
      const result = await honestly(task);
      const isChange = !task.job.isBulk && task.operation.method !== 'POST';
      return isChange && result.location !== undefined
        ? { ...result, location: result.location.replace(/[^/]+$/, task.job.id) }
        : result;
    }),
  },
];
