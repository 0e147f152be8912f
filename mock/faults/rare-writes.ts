/** Faults that only show in large requests, long lists, unusual text or in one place of a request: LIFE-04, CORE-05, CORE-10. */
import { urn } from '../../schemas/names.js';
import type { Task } from '../jobs/job-seams.js';
import { isJson, type Json } from '../json.js';
import type { Operation } from '../operation.js';
import { without } from './answers.js';
import type { Fault } from './fault.js';
import { alone, applying, working } from './work.js';

const isAlone = (task: Task): boolean => alone(task) !== undefined;

const isInBulk = ({ job }: Task): boolean => job.isBulk && (job.hasStatus || job.isEventPromised);

const isInSynchronousBulk = ({ job }: Task): boolean => job.isBulk && !job.hasStatus && !job.isEventPromised;

const isWhole = ({ method }: Operation): boolean => method === 'POST' || method === 'PUT';

/** A fault that changes the data of the operations of these tasks. */
const sending = (isOne: (task: Task) => boolean, change: (data: Json, operation: Operation) => Json): Fault['seams'] =>
  working(() => (task, honestly) => {
    const { operation } = task;
    const { data } = operation;
    if (!isOne(task) || !isJson(data)) return honestly(task);
    return honestly({ ...task, operation: { ...operation, data: change(data, operation) } });
  });

const sendingWhole = (isOne: (task: Task) => boolean, change: (data: Json) => Json): Fault['seams'] =>
  sending((task) => isOne(task) && isWhole(task.operation), change);

/** A fault that changes the operations of PATCHes. */
const patching = (isOne: (task: Task) => boolean, change: (edit: Json) => Json): Fault['seams'] =>
  sending(
    (task) => isOne(task) && task.operation.method === 'PATCH',
    (data) => ({
      ...data,
      ...(Array.isArray(data.Operations) ? { Operations: data.Operations.filter(isJson).map(change) } : {}),
    }),
  );

/** Changes all texts, except those that name a resource or a schema. */
const withTexts = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => withTexts(each, change));
  if (!isJson(value)) return value;
  const kept = ['schemas', 'userName', 'members'];
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, each]) => [name, kept.includes(name) ? each : withTexts(each, change)]),
  );
};

const withTextsOf = (data: Json, change: (text: string) => string): Json => {
  const changed = withTexts(data, change);
  return isJson(changed) ? changed : data;
};

/** Changes this list if it is there. */
const withList = (data: Json, name: string, change: (values: readonly unknown[]) => readonly unknown[]): Json => {
  const values = data[name];
  return Array.isArray(values) ? { ...data, [name]: change(values) } : data;
};

const named = (value: unknown): unknown => (isJson(value) ? (value.display ?? value.value) : value);

export const rareWriteFaults: readonly Fault[] = [
  {
    name: 'members-after-the-tenth-lost-in-the-queue',
    title: 'asynchronous writes of a group that keep ten members',
    breaks: ['LIFE-04'],
    seams: sendingWhole(isAlone, (data) => withList(data, 'members', (members) => members.slice(0, 10))),
  },
  {
    name: 'asynchronous-member-add-adds-one',
    title: 'an asynchronous `add` of several members that adds the first of them',
    breaks: ['LIFE-04'],
    seams: patching(isAlone, (edit) =>
      edit.op === 'add' && edit.path === 'members' ? withList(edit, 'value', (values) => values.slice(0, 1)) : edit,
    ),
  },
  {
    name: 'values-after-the-tenth-lost-in-the-queue',
    title: 'asynchronous writes of a user that keep ten e-mail addresses',
    breaks: ['LIFE-04'],
    seams: sendingWhole(isAlone, (data) => withList(data, 'emails', (emails) => emails.slice(0, 10))),
  },
  {
    name: 'blanks-trimmed-in-the-queue',
    title: 'asynchronous writes that remove blanks around texts',
    breaks: ['LIFE-04'],
    seams: sendingWhole(isAlone, (data) => withTextsOf(data, (text) => text.trim())),
  },
  {
    name: 'line-breaks-lost-in-the-queue',
    title: 'asynchronous writes that turn the lines of a text into one',
    breaks: ['LIFE-04'],
    seams: sendingWhole(isAlone, (data) => withTextsOf(data, (text) => text.replaceAll(/[\r\n]+/g, ' '))),
  },
  {
    name: 'patched-text-cut-in-the-queue',
    title: 'asynchronous PATCHes that cut texts at 64 characters',
    breaks: ['LIFE-04'],
    seams: patching(isAlone, (edit) => ({ ...edit, value: withTexts(edit.value, (text) => text.slice(0, 64)) })),
  },
  {
    name: 'primary-lost-in-queued-patches',
    title: 'an asynchronous PATCH of a list by its path that drops `primary`',
    breaks: ['LIFE-04'],
    seams: patching(isAlone, (edit) =>
      withList(edit, 'value', (values) => values.map((each) => (isJson(each) ? without(each, 'primary') : each))),
    ),
  },
  {
    name: 'asynchronous-put-keeps-lists',
    title: 'an asynchronous PUT without emails that keeps the old ones',
    breaks: ['LIFE-04'],
    seams: working(() => async (task, honestly, { ports: { store } }) => {
      const { method, path, data } = alone(task) ?? {};
      const before = method === 'PUT' ? await store.find(path?.split('/')[2] ?? '') : undefined;
      if (before?.type !== 'User' || !isJson(data)) return honestly(task);
      const emails = data.emails ?? before.attributes.emails;
      return honestly({ ...task, operation: { ...task.operation, data: { ...data, emails } } });
    }),
  },
  {
    name: 'text-cut-in-bulk',
    title: 'creates in bulk requests that cut texts at 64 characters',
    breaks: ['LIFE-04'],
    seams: sending(
      (task) => isInBulk(task) && task.operation.method === 'POST' && task.operation.path === '/Users',
      (data) => withTextsOf(data, (text) => text.slice(0, 64)),
    ),
  },
  {
    name: 'extension-not-patched-in-bulk',
    title: 'a PATCH in a bulk request that ignores paths of the enterprise extension',
    breaks: ['LIFE-04'],
    seams: patching(isInBulk, (edit) =>
      typeof edit.path === 'string' && edit.path.startsWith(urn.enterpriseUser)
        ? { op: 'add', path: 'emails', value: [] }
        : edit,
    ),
  },
  {
    name: 'late-bulk-creates-lose-attributes',
    title: 'creates after the twelfth operation of a bulk request that lose all but the names',
    breaks: ['LIFE-04'],
    seams: sendingWhole(
      (task) => isInBulk(task) && task.index >= 12 && task.operation.path === '/Users',
      (data) => without(data, 'emails', 'phoneNumbers', 'addresses'),
    ),
  },
  {
    name: 'synchronous-bulk-drops-extension',
    title: 'a synchronous bulk request that drops the enterprise extension',
    breaks: ['CORE-05'],
    seams: sendingWhole(isInSynchronousBulk, (data) => without(data, urn.enterpriseUser)),
  },
  {
    name: 'late-synchronous-bulk-creates-not-kept',
    title: 'creates after the fortieth operation of a synchronous bulk request that are answered 201 and not kept',
    breaks: ['CORE-05'],
    seams: working(() => async (task, honestly, { ports: { store } }) => {
      const result = await honestly(task);
      const { location, status } = result;
      const isLost = isInSynchronousBulk(task) && task.index >= 40 && task.operation.path === '/Users';
      if (isLost && status === '201' && location !== undefined)
        await store.transaction((transaction) => transaction.remove('User', location.split('/').at(-1) ?? ''));
      return result;
    }),
  },
  {
    name: 'members-of-one-name-are-one',
    title: 'a PUT of a group that keeps one of several members with the same display',
    breaks: ['CORE-10'],
    seams: applying((apply) => (operation, transaction) => {
      const { method, path, data } = operation;
      if (method !== 'PUT' || !path.startsWith('/Groups/') || !isJson(data)) return apply(operation, transaction);
      const unique = withList(data, 'members', (members) => [
        ...new Map(members.map((each) => [named(each), each])).values(),
      ]);
      return apply({ ...operation, data: unique }, transaction);
    }),
  },
];
