/** Faults in which asynchronous writes lose or change attributes that synchronous ones keep: LIFE-04. */
import { urn } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import { member, without } from './answers.js';
import type { Fault } from './fault.js';
import { alone, working } from './work.js';

/** A fault that changes the resource in asynchronous creates and replaces of users. */
const sending = (change: (data: Json) => Json): Fault['seams'] =>
  working(() => (task, honestly) => {
    const { method, path, data } = alone(task) ?? {};
    const isWhole = (method === 'POST' || method === 'PUT') && path?.startsWith('/Users') === true;
    return honestly(isWhole && isJson(data) ? { ...task, operation: { ...task.operation, data: change(data) } } : task);
  });

/** Changes all texts in a value, except those that a provider needs to find the user. */
const withTexts = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => withTexts(each, change));
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      ['schemas', 'userName'].includes(name) ? each : withTexts(each, change),
    ]),
  );
};

const textsChanged = (change: (text: string) => string): Fault['seams'] =>
  sending((data) => {
    const changed = withTexts(data, change);
    return isJson(changed) ? changed : data;
  });

const withLists = (data: Json, change: (list: readonly unknown[]) => readonly unknown[]): Json =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      name !== 'schemas' && Array.isArray(value) ? change(value) : value,
    ]),
  );

export const lostAttributeFaults: readonly Fault[] = [
  {
    name: 'extension-lost-in-the-queue',
    title: 'asynchronous writes that drop the enterprise extension',
    breaks: ['LIFE-04'],
    seams: sending((data) => without(data, urn.enterpriseUser)),
  },
  {
    name: 'manager-lost-in-the-queue',
    title: 'asynchronous writes that drop the manager',
    breaks: ['LIFE-04'],
    seams: sending((data) => ({ ...data, [urn.enterpriseUser]: without(member(data, urn.enterpriseUser), 'manager') })),
  },
  {
    name: 'phone-numbers-lost-in-the-queue',
    title: 'asynchronous writes that drop telephone numbers',
    breaks: ['LIFE-04'],
    seams: sending((data) => without(data, 'phoneNumbers')),
  },
  {
    name: 'primary-lost-in-the-queue',
    title: 'asynchronous writes that drop `primary`',
    breaks: ['LIFE-04'],
    seams: sending((data) =>
      withLists(data, (list) => list.map((item) => (isJson(item) ? without(item, 'primary') : item))),
    ),
  },
  {
    name: 'only-the-first-value-queued',
    title: 'asynchronous writes that keep one value of each list',
    breaks: ['LIFE-04'],
    seams: sending((data) => withLists(data, (list) => list.slice(0, 1))),
  },
  {
    name: 'address-lost-in-the-queue',
    title: 'asynchronous writes that keep only one line of an address',
    breaks: ['LIFE-04'],
    seams: sending((data) => ({
      ...data,
      addresses: Array.isArray(data.addresses)
        ? data.addresses.map((each: unknown) => (isJson(each) ? { type: each.type, formatted: each.formatted } : each))
        : undefined,
    })),
  },
  {
    name: 'text-mangled-in-the-queue',
    title: 'asynchronous writes that read UTF-8 as Latin-1',
    breaks: ['LIFE-04'],
    seams: textsChanged((text) => Buffer.from(text, 'utf8').toString('latin1')),
  },
  {
    name: 'rare-characters-lost-in-the-queue',
    title: 'asynchronous writes that lose characters outside the Basic Multilingual Plane',
    breaks: ['LIFE-04'],
    seams: textsChanged((text) => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?')),
  },
  {
    name: 'text-cut-in-the-queue',
    title: 'asynchronous writes that cut texts at 64 characters',
    breaks: ['LIFE-04'],
    seams: textsChanged((text) => text.slice(0, 64)),
  },
  {
    name: 'text-cut-late-in-the-queue',
    title: 'asynchronous writes that cut texts at 200 characters',
    breaks: ['LIFE-04'],
    seams: textsChanged((text) => text.slice(0, 200)),
  },
  {
    name: 'middle-name-lost-in-the-queue',
    title: 'asynchronous writes that keep only the first and the last name',
    breaks: ['LIFE-04'],
    seams: sending((data) => {
      const { givenName, familyName } = member(data, 'name');
      return { ...data, name: { givenName, familyName } };
    }),
  },
  {
    name: 'locale-lost-in-the-queue',
    title: 'asynchronous writes that drop locale, timezone and preferredLanguage',
    breaks: ['LIFE-04'],
    seams: sending((data) => without(data, 'locale', 'timezone', 'preferredLanguage')),
  },
  {
    name: 'empty-lists-lost-in-the-queue',
    title: 'an asynchronous PUT that leaves null and empty lists as they were',
    breaks: ['LIFE-04'],
    seams: working(() => async (task, honestly, { ports }) => {
      const { method, path, data } = alone(task) ?? {};
      const before = method === 'PUT' ? await ports.store.find(path?.split('/')[2] ?? '') : undefined;
      if (before?.type !== 'User' || !isJson(data)) return honestly(task);
      const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);
      const kept = Object.keys(data).filter((name) => isEmpty(data[name]));
      const values = Object.fromEntries(kept.map((name) => [name, before.attributes[name]]));
      return honestly({ ...task, operation: { ...task.operation, data: { ...data, ...values } } });
    }),
  },
  {
    name: 'external-id-of-a-group-lost-in-the-queue',
    title: 'asynchronous writes that drop externalId of a group',
    breaks: ['LIFE-04'],
    seams: working(() => (task, honestly) => {
      const { path, data } = alone(task) ?? {};
      if (path?.startsWith('/Groups') !== true || !isJson(data)) return honestly(task);
      return honestly({ ...task, operation: { ...task.operation, data: without(data, 'externalId') } });
    }),
  },
  {
    name: 'name-of-a-group-lost-in-the-queue',
    title: 'an asynchronous PUT of a group that keeps its displayName',
    breaks: ['LIFE-04'],
    seams: working(() => async (task, honestly, { ports }) => {
      const { method, path, data } = alone(task) ?? {};
      const before = method === 'PUT' ? await ports.store.find(path?.split('/')[2] ?? '') : undefined;
      if (before?.type !== 'Group' || !isJson(data)) return honestly(task);
      const { displayName } = before.attributes;
      return honestly({ ...task, operation: { ...task.operation, data: { ...data, displayName } } });
    }),
  },
];
