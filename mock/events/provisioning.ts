/** Which events a write causes in the feed, and their payloads (RFC 9967 §2.3, §2.4). */
import { isDeepStrictEqual } from 'node:util';
import { eventUri } from '../../schemas/names.js';
import type { Settings } from '../options.js';
import type { Written } from '../operation.js';
import { isJson, type Json } from '../json.js';
import { etagOf, type Stored } from '../stored.js';
import { represent } from '../resources/representation.js';

export type FeedSettings = Pick<Settings, 'provisioningEvents' | 'feed'>;

const isActive = (stored: Stored): boolean => stored.attributes.active !== false;

const isInFeed = (stored: Stored | undefined, { feed }: FeedSettings): boolean =>
  stored !== undefined && (feed === 'all' || stored.type === 'Group' || isActive(stored));

/** The name of an attribute may be prefixed by its schema (RFC 7644 §3.10). */
const isPassword = (name: unknown): boolean => typeof name === 'string' && /(?:^|:)password$/i.test(name);

/** No event holds a password (RFC 7643 §4.1.1). */
const withoutPassword = (value: unknown): Json =>
  isJson(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !isPassword(name))) : {};

const patchOperations = (data: unknown): Json[] =>
  isJson(data) && Array.isArray(data.Operations) ? data.Operations.filter(isJson) : [];

const patchWithoutPassword = (data: unknown): Json => ({
  ...(isJson(data) ? data : {}),
  Operations: patchOperations(data).map((operation) => {
    const { value, ...rest } = operation;
    if (isPassword(operation.path) || value === undefined) return rest;
    return { ...rest, value: operation.path === undefined ? withoutPassword(value) : value };
  }),
});

/** Names of the patched attributes. Filters are removed from paths, because they contain values. */
const patchedNames = (data: unknown): string[] => {
  const paths = patchOperations(data).flatMap(({ path, value }) => {
    if (typeof path === 'string') return [path.replace(/\[.*\]/, '')];
    return isJson(value) ? Object.keys(value) : [];
  });
  return [...new Set(paths)];
};

const changedNames = (before: Stored | undefined, stored: Stored, data: unknown): string[] => {
  const [old, now]: [Json, Json] = [before?.attributes ?? {}, stored.attributes];
  const changed = [...new Set([...Object.keys(now), ...Object.keys(old)])].filter(
    (name) => name !== 'schemas' && !isDeepStrictEqual(old[name], now[name]),
  );
  // Passwords are not stored, so they cannot be compared.
  const password = isJson(data) && Object.keys(data).some(isPassword) ? ['password'] : [];
  return [...(before === undefined ? ['id'] : []), ...changed, ...password];
};

const names = { POST: 'create', PUT: 'put', PATCH: 'patch' } as const;

const changeEvent = (
  { operation: { method, data }, before }: Written,
  stored: Stored,
  detail: 'notice' | 'full',
  baseUrl: string,
): Json => {
  if (method === 'DELETE') return {};
  const version = etagOf(stored);
  if (detail === 'notice') {
    const attributes = method === 'PATCH' ? patchedNames(data) : changedNames(before, stored, data);
    return { [eventUri[`${names[method]}Notice`]]: { attributes, version } };
  }
  const full = {
    POST: () => represent(stored, baseUrl),
    PUT: () => withoutPassword(data),
    PATCH: () => patchWithoutPassword(data),
  };
  return { [eventUri[`${names[method]}Full`]]: { data: full[method](), version } };
};

/** A function that makes the payloads of a write by event URI; undefined if the feed has no event of it. */
export const provisioningEvents = (
  written: Written,
  settings: FeedSettings,
  baseUrl: () => string,
): (() => Json) | undefined => {
  const { before, stored } = written;
  const { provisioningEvents: detail } = settings;
  const [was, is] = [isInFeed(before, settings), isInFeed(stored, settings)];
  if (detail === 'none' || (!was && !is)) return undefined;
  if (stored === undefined) return () => ({ [eventUri.delete]: {} });
  return () => ({
    ...(before !== undefined && !was ? { [eventUri.feedAdd]: {} } : {}),
    ...changeEvent(written, stored, detail, baseUrl()),
    ...(before === undefined || isActive(before) === isActive(stored)
      ? {}
      : { [isActive(stored) ? eventUri.activate : eventUri.deactivate]: {} }),
    ...(is ? {} : { [eventUri.feedRemove]: {} }),
  });
};

/** The event URIs that a mock with these settings can send (RFC 9967 §4). */
export const eventUrisOf = ({
  asyncRequest,
  provisioningEvents: detail,
  feed,
}: Pick<Settings, 'asyncRequest' | keyof FeedSettings>): string[] => {
  const changes = {
    none: [],
    notice: [eventUri.createNotice, eventUri.patchNotice, eventUri.putNotice],
    full: [eventUri.createFull, eventUri.patchFull, eventUri.putFull],
  }[detail];
  const others = detail === 'none' ? [] : [eventUri.delete, eventUri.activate, eventUri.deactivate];
  const membership = detail === 'none' || feed === 'all' ? [] : [eventUri.feedAdd, eventUri.feedRemove];
  return [...(asyncRequest === 'none' ? [] : [eventUri.asyncResponse]), ...changes, ...others, ...membership];
};
