/**
 * A provider that speaks RFC 9967 and nothing else of this project, in one file and on node:http alone: what a suite
 * meets that was pointed at the one public implementation that runs (HarryKodden/scim), with its synchronous side put
 * right. What RFC 9967 leaves open is answered here in the unusual way: a relative Location, one 404 for pending
 * and unknown results, and as the result a bare bulk operation in application/json instead of a security event token.
 * That is no violation, and a run against it should find none; each deviation then adds one, alone or with others.
 */
import type { IncomingMessage, RequestListener } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { serverProvider, type SimulatedProvider, type World } from '../../simulation/index.js';
import { machineIn } from './machine.js';

/** Deviations by name, and whether the real provider has them. */
export const deviations = {
  'accepts-before-authentication': {
    what: '202 is answered before credentials are looked at; the 401 shows only in the result',
    real: true,
  },
  'body-lost': {
    what: 'an asynchronous request with a body fails afterwards with status "500"',
    real: true,
  },
  'path-leak': { what: 'malformed JSON is answered with a path of the server', real: true },
  'async-request-under-extension': {
    what: 'asyncRequest stands under an extension URN, and securityEvents is absent',
    real: true,
  },
  'first-prefer-line-only': {
    what: 'of several Prefer lines only the first is read, so that a wait on the second is not honoured',
    real: true,
  },
  'numeric-status': { what: 'status is a number in the result', real: false },
  'no-set-txn': { what: 'the 202 has no Set-Txn', real: false },
  '202-with-body': { what: 'the 202 has a body', real: false },
  'no-preference-applied': { what: 'the 202 has no Preference-Applied', real: false },
  'no-location-on-201': { what: 'a synchronous create answers without Location', real: true },
  'delete-unknown-204': { what: 'DELETE of an unknown user answers 204', real: true },
  'invented-scimtype': { what: 'a 404 or 405 has a scimType of its own making', real: true },
} as const satisfies Record<string, { what: string; real: boolean }>;

export type Deviation = keyof typeof deviations;
export const deviationNames = Object.keys(deviations) as Deviation[];

export interface Rfc9967Options {
  /** False: with all deviations that the real provider has. */
  readonly honest?: boolean;
  readonly deviations?: readonly Deviation[];
}

type Json = Record<string, unknown>;

const core = 'urn:ietf:params:scim:schemas:core:2.0:';
const message = 'urn:ietf:params:scim:api:messages:2.0:';
const asyncResponse = 'urn:ietf:params:scim:event:misc:asyncresp';
const base = '/scim/v2';
const url = `http://127.0.0.1${base}`;
const limits = { operations: 100, bytes: 200_000, anyBytes: 1_000_000, results: 200, depth: 64, workers: 4 };

class Refusal extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly scimType?: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
  }

  get body(): Json {
    const { status, scimType, message: detail } = this;
    const type = scimType === undefined ? {} : { scimType };
    return { schemas: [`${message}Error`], status: String(status), ...type, detail };
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const invalid = (detail: string): Refusal => new Refusal(400, detail, 'invalidValue');
const syntax = (detail: string): Refusal => new Refusal(400, detail, 'invalidSyntax');

// — Attributes (RFC 7643 §4.1) —

interface Attribute {
  readonly type: 'string' | 'boolean' | 'complex';
  readonly multiValued?: true;
  readonly subAttributes?: Readonly<Record<string, Attribute>>;
}

const strings = (...names: string[]): Record<string, Attribute> =>
  Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
const values = (more: Record<string, Attribute> = strings('value')): Attribute => ({
  type: 'complex',
  multiValued: true,
  subAttributes: { ...more, ...strings('display', 'type'), primary: { type: 'boolean' } },
});
const nameParts = ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'];
const addressParts = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'];
const attributes: Readonly<Record<string, Attribute>> = {
  ...strings('externalId', 'userName', 'displayName', 'nickName', 'profileUrl', 'title', 'userType'),
  ...strings('preferredLanguage', 'locale', 'timezone', 'password'),
  active: { type: 'boolean' },
  name: { type: 'complex', subAttributes: strings(...nameParts) },
  ...Object.fromEntries(
    ['emails', 'phoneNumbers', 'ims', 'photos', 'entitlements', 'roles'].map((name) => [name, values()]),
  ),
  addresses: values(strings(...addressParts)),
};
const readOnly = ['id', 'meta', 'groups', 'schemas'];

/** Attribute names are matched without regard to case (RFC 7643 §2.1). */
const lookUp = <T>(table: Readonly<Record<string, T>>, name: string): readonly [string, T] | undefined =>
  Object.entries(table).find(([known]) => known.toLowerCase() === name.toLowerCase());
const member = (object: Json, name: string): unknown => lookUp(object, name)?.[1];
const hasSchema = (body: Json, urn: string): boolean => {
  const schemas = member(body, 'schemas');
  return Array.isArray(schemas) && schemas.every((each) => typeof each === 'string') && schemas.includes(urn);
};

/** The known members of an object, with the spelling of the schema; undefined if none has a value (RFC 7643 §2.5). */
const readMembers = (table: Readonly<Record<string, Attribute>>, data: Json): Json | undefined => {
  const read: Json = {};
  const seen = new Set<string>();
  for (const [sent, value] of Object.entries(data)) {
    const [name, attribute] = lookUp(table, sent) ?? [];
    if (name === undefined || attribute === undefined) continue;
    if (seen.has(name)) throw syntax('an attribute stands twice');
    seen.add(name);
    const kept = readValue(name, attribute, value);
    if (kept !== undefined) read[name] = kept;
  }
  return Object.keys(read).length === 0 ? undefined : read;
};

const readSingle = (name: string, { type, subAttributes = {} }: Attribute, value: unknown): unknown => {
  if (type === 'complex' && isJson(value)) return readMembers(subAttributes, value);
  if (typeof value !== type || (name === 'userName' && text(value).trim() === ''))
    throw invalid(`${name} is not of its type`);
  return value;
};

const readValue = (name: string, attribute: Attribute, value: unknown): unknown => {
  if (value === null) return undefined;
  if (attribute.multiValued !== true) return readSingle(name, attribute, value);
  if (!Array.isArray(value)) throw invalid(`${name} is multi-valued`);
  const items = value
    .map((item) => (isJson(item) ? readSingle(name, attribute, item) : undefined))
    .filter((item, place) => {
      if (!isJson(value[place])) throw invalid(`${name} holds something that is no object`);
      return item !== undefined;
    });
  if (items.filter((item) => isJson(item) && item.primary === true).length > 1)
    throw invalid(`${name} has more than one primary value`);
  return items.length === 0 ? undefined : items;
};

const readUser = (data: unknown): Json => {
  if (!isJson(data)) throw syntax('a user is an object');
  if (!hasSchema(data, `${core}User`)) throw invalid('schemas does not name the schema of users');
  const user = readMembers(attributes, data) ?? {};
  if (user.userName === undefined) throw invalid('userName is required');
  delete user.password;
  return user;
};

// — PATCH (RFC 7644 §3.5.2) —

/** Grammar: attrName op value, joined by "and"; what else a filter may be is refused. */
const parseValueFilter = (filter: string, { subAttributes = {} }: Attribute): ((item: Json) => boolean) => {
  const term = /\s*(\w+)\s+(?:(pr)|(eq|ne|co|sw|ew)\s+("(?:[^"\\]|\\.)*"|true|false))\s*(?:(and)\s+|$)/iy;
  const refusal = new Refusal(400, 'the filter is not supported', 'invalidFilter');
  const tests: ((item: Json) => boolean)[] = [];
  for (let more = true; more;) {
    const [, sent = '', present, op = '', literal = '', and] = term.exec(filter) ?? [];
    const [name] = lookUp(subAttributes, sent) ?? [];
    if (name === undefined) throw refusal;
    const wanted = present === undefined ? parseLiteral(literal, refusal) : undefined;
    tests.push((item) => {
      const held = item[name];
      if (present !== undefined) return held !== undefined;
      if (typeof held !== 'string' || typeof wanted !== 'string') return (held === wanted) === (op !== 'ne');
      return compare(op, held, wanted);
    });
    more = and !== undefined;
  }
  return (item) => tests.every((test) => test(item));
};

const parseLiteral = (literal: string, refusal: Refusal): unknown => {
  try {
    return JSON.parse(literal.startsWith('"') ? literal : literal.toLowerCase()) as unknown;
  } catch {
    throw refusal;
  }
};

const compare = (op: string, heldExact: string, wantedExact: string): boolean => {
  const [held, wanted] = [heldExact.toLowerCase(), wantedExact.toLowerCase()];
  switch (op.toLowerCase()) {
    case 'eq':
      return held === wanted;
    case 'ne':
      return held !== wanted;
    case 'co':
      return held.includes(wanted);
    case 'sw':
      return held.startsWith(wanted);
    default:
      return held.endsWith(wanted);
  }
};

const set = (holder: Json, name: string, value: unknown): void => {
  if (value !== undefined) holder[name] = value;
  else if (name === 'userName') throw new Refusal(400, 'it is required', 'mutability');
  else Reflect.deleteProperty(holder, name);
};

const changeValues = (user: Json, [name, attribute]: readonly [string, Attribute], change: Change): void => {
  const items: Json[] = Array.isArray(user[name]) ? user[name].filter(isJson) : [];
  const { verb, value, filter, sub } = change;
  const isChosen = filter === undefined ? (): boolean => true : parseValueFilter(filter, attribute);
  const chosen = items.filter(isChosen);
  if (filter !== undefined && chosen.length === 0 && verb !== 'remove')
    throw new Refusal(400, 'no value matches', 'noTarget');
  const readItems = (): Json[] => {
    const read = readValue(name, attribute, Array.isArray(value) || value === null ? value : [value]);
    return Array.isArray(read) ? read.filter(isJson) : [];
  };
  let after: Json[];
  let written: Json[] = [];
  if (sub !== undefined) {
    const kept = verb === 'remove' || value === null ? undefined : readSingle(sub[0], sub[1], value);
    if (filter === undefined && items.length === 0 && kept !== undefined) items.push({});
    after = items.map((item) => {
      if (!isChosen(item)) return item;
      const changed = { ...item };
      set(changed, sub[0], kept);
      written.push(changed);
      return changed;
    });
  } else if (verb === 'remove') after = filter === undefined ? [] : items.filter((item) => !isChosen(item));
  else if (filter !== undefined) {
    const [read] = readItems();
    if (read === undefined) throw invalid(`${name} needs a value here`);
    after = items.map((item) => {
      if (!isChosen(item)) return item;
      const changed = verb === 'add' ? { ...item, ...read } : read;
      written.push(changed);
      return changed;
    });
  } else if (verb === 'replace') after = readItems();
  else {
    const added = readItems().filter((one) => !items.some((item) => isDeepStrictEqual(item, one)));
    // RFC 7643 §2.4: the same value and type are there once, with the members that came last.
    const isSame = (one: Json, other: Json): boolean =>
      one.value !== undefined && one.value === other.value && one.type === other.type;
    written = added.map((one) => ({ ...items.find((item) => isSame(item, one)), ...one }));
    after = [...items.filter((item) => !added.some((one) => isSame(item, one))), ...written];
  }
  // A new primary value takes the place of the old one.
  if (written.filter(({ primary }) => primary === true).length > 1) throw invalid(`${name} has two primary values`);
  if (written.some(({ primary }) => primary === true))
    after = after.map((item) =>
      item.primary === true && !written.includes(item) ? { ...item, primary: false } : item,
    );
  after = after.filter((item) => Object.keys(item).length > 0);
  set(user, name, after.length === 0 ? undefined : after);
};

interface Change {
  readonly verb: 'add' | 'replace' | 'remove';
  readonly value: unknown;
  readonly filter: string | undefined;
  readonly sub: readonly [string, Attribute] | undefined;
}

const change = (user: Json, verb: Change['verb'], path: string, value: unknown): void => {
  const refusal = new Refusal(400, 'the path leads to nothing', 'invalidPath');
  const parsed = /^(?:urn:ietf:params:scim:schemas:core:2\.0:User:)?([a-z]\w*)(?:\[(.*)\])?(?:\.([a-z]\w*))?$/i.exec(
    path,
  );
  const [, first = '', filter, second] = parsed ?? [];
  if (readOnly.includes(first.toLowerCase())) throw new Refusal(400, 'it is read-only', 'mutability');
  const found = lookUp(attributes, first);
  if (found === undefined) throw refusal;
  const [name, attribute] = found;
  const sub = second === undefined ? undefined : lookUp(attribute.subAttributes ?? {}, second);
  if ((second !== undefined && sub === undefined) || (filter !== undefined && attribute.multiValued !== true))
    throw refusal;
  if (verb !== 'remove' && value === undefined) throw invalid('a value is missing');
  if (attribute.multiValued === true) {
    changeValues(user, found, { verb, value, filter, sub });
    return;
  }
  const isUnset = verb === 'remove' || value === null;
  if (sub !== undefined) {
    const holder = { ...(isJson(user[name]) ? user[name] : {}) };
    set(holder, sub[0], isUnset ? undefined : readSingle(sub[0], sub[1], value));
    set(user, name, Object.keys(holder).length === 0 ? undefined : holder);
    return;
  }
  const read = isUnset ? undefined : readSingle(name, attribute, value);
  set(user, name, isJson(read) && isJson(user[name]) ? { ...user[name], ...read } : read);
};

const patchUser = (before: Json, data: unknown): Json => {
  if (!isJson(data) || !hasSchema(data, `${message}PatchOp`)) throw syntax('the body is no PatchOp');
  const operations = member(data, 'Operations');
  if (!Array.isArray(operations) || operations.length === 0) throw syntax('a PatchOp has operations');
  const user = structuredClone(before);
  for (const operation of operations) {
    if (!isJson(operation)) throw syntax('an operation is an object');
    const verb = text(member(operation, 'op')).toLowerCase();
    if (verb !== 'add' && verb !== 'replace' && verb !== 'remove') throw syntax('op is add, replace or remove');
    const path = member(operation, 'path');
    const value = member(operation, 'value');
    if (path !== undefined) change(user, verb, text(path), value);
    else if (verb === 'remove') throw new Refusal(400, 'what is removed needs a path', 'noTarget');
    else if (!isJson(value)) throw invalid('without a path the value is an object');
    else {
      for (const [name, each] of Object.entries(value)) {
        if (name.toLowerCase() !== 'schemas') change(user, verb, name, each);
      }
    }
  }
  delete user.password;
  return user;
};

// — Preferences (RFC 7240 §2): token [ "=" word ] *( ";" [ parameter ] ), in a list; the first of a name wins —

const preferencesOf = (lines: readonly string[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const item of lines.flatMap((line) => line.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? [])) {
    const parsed = /^\s*([!#$%&'*+.^`|~\w-]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[!#$%&'*+.^`|~\w-]*)\s*)?(?:;.*)?$/.exec(
      item,
    );
    const name = parsed?.[1]?.toLowerCase();
    if (name === undefined || found.has(name)) continue;
    found.set(name, (parsed?.[2] ?? '').replace(/^"|"$/g, '').replace(/\\(.)/g, '$1'));
  }
  return found;
};

// — Requests and answers —

type Route =
  | { readonly kind: 'users' | 'bulk' | 'config' }
  | { readonly kind: 'user' | 'result'; readonly id: string }
  | { readonly kind: 'schemas' | 'resourceTypes'; readonly id: string | undefined };

const methods: Readonly<Record<Route['kind'], readonly string[]>> = {
  users: ['GET', 'HEAD', 'POST'],
  user: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'],
  bulk: ['POST'],
  config: ['GET', 'HEAD'],
  schemas: ['GET', 'HEAD'],
  resourceTypes: ['GET', 'HEAD'],
  result: ['GET', 'HEAD'],
};

/** Finds the handler of a path below the base URL; 404 or 405 if there is none. */
const routeOf = (path: string, method: string): Route => {
  const nothing = new Refusal(404, 'there is no such endpoint');
  let parts: string[];
  try {
    parts = path.split('/').map(decodeURIComponent);
  } catch {
    throw invalid('the path is not percent-encoded as it should be');
  }
  const [root, endpoint, id, ...rest] = parts;
  if (root !== '' || rest.length > 0 || id === '' || id === '.search') throw nothing;
  let route: Route;
  if (endpoint === 'Users') route = id === undefined ? { kind: 'users' } : { kind: 'user', id };
  else if (endpoint === 'Bulk' && id === undefined) route = { kind: 'bulk' };
  else if (endpoint === 'ServiceProviderConfig' && id === undefined) route = { kind: 'config' };
  else if (endpoint === 'Schemas') route = { kind: 'schemas', id };
  else if (endpoint === 'ResourceTypes') route = { kind: 'resourceTypes', id };
  else if (endpoint === 'Async' && id !== undefined) route = { kind: 'result', id };
  else throw nothing;
  const allowed = methods[route.kind];
  if (!allowed.includes(method))
    throw new Refusal(405, 'not with this method', undefined, { Allow: allowed.join(', ') });
  return route;
};

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly bulkId?: string;
  readonly data: unknown;
}

/** The result of an operation; `path` is the path of the resource, if there is one. */
type Outcome =
  | { readonly status: 200 | 201; readonly path: string; readonly user: Json }
  | { readonly status: 204; readonly path: string }
  | { readonly status: 'refused'; readonly path: string | undefined; readonly refusal: Refusal };

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: Json;
  readonly type?: string;
}

const depthIsFair = (value: unknown): boolean => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.depth) return false;
    level = level.flatMap((each): unknown[] => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return true;
};

/** The bulkIds that an operation refers to, in its path and in its data (RFC 7644 §3.7.2). */
const referencesOf = ({ path, data }: Operation): string[] =>
  [...JSON.stringify([path.split('/').at(-1), data]).matchAll(/"bulkId:((?:[^"\\]|\\.)+)"/g)].map(
    ([, id]) => JSON.parse(`"${id ?? ''}"`) as string,
  );

const resolve = <T>(value: T, ids: ReadonlyMap<string, string>): T =>
  JSON.parse(
    JSON.stringify(value ?? null).replace(/"bulkId:((?:[^"\\]|\\.)+)"/g, (sent, id: string) => {
      const created = ids.get(JSON.parse(`"${id}"`) as string);
      return created === undefined ? sent : JSON.stringify(created);
    }),
  ) as T;

const readBulk = (body: unknown): { operations: Operation[]; failOnErrors: number } => {
  if (!isJson(body) || !hasSchema(body, `${message}BulkRequest`)) throw syntax('the body is no BulkRequest');
  const sent = member(body, 'Operations');
  if (!Array.isArray(sent) || sent.length === 0) throw syntax('a BulkRequest has operations');
  if (sent.length > limits.operations) throw new Refusal(413, `no more than ${limits.operations} operations`);
  const failOnErrors = member(body, 'failOnErrors') ?? Infinity;
  if (typeof failOnErrors !== 'number' || failOnErrors < 1 || (failOnErrors !== Infinity && failOnErrors % 1 !== 0))
    throw syntax('failOnErrors is a whole number from 1');
  const operations = sent.map((each): Operation => {
    if (!isJson(each)) throw syntax('an operation is an object');
    const [method, path, bulkId] = ['method', 'path', 'bulkId'].map((name) => member(each, name));
    if (typeof method !== 'string' || !/^(POST|PUT|PATCH|DELETE)$/i.test(method)) throw syntax('no such method');
    if (typeof path !== 'string') throw syntax('an operation has a path');
    if (bulkId !== undefined && typeof bulkId !== 'string') throw syntax('a bulkId is a string');
    const data = member(each, 'data');
    return { method: method.toUpperCase(), path, data, ...(bulkId === undefined ? {} : { bulkId }) };
  });
  const bulkIds = operations.flatMap(({ bulkId }) => bulkId ?? []);
  if (new Set(bulkIds).size < bulkIds.length) throw invalid('a bulkId stands twice');
  return { operations, failOnErrors };
};

/**
 * The order in which operations run: as in the request, but after the operations that they refer to; circles stay as
 * they are.
 */
const orderOf = (operations: readonly Operation[]): number[] => {
  const order = new Set<number>();
  const visit = (place: number, above: ReadonlySet<number>): void => {
    const operation = operations[place];
    if (operation === undefined || order.has(place) || above.has(place)) return;
    for (const id of referencesOf(operation)) {
      visit(
        operations.findIndex(({ bulkId }) => bulkId === id),
        new Set([...above, place]),
      );
    }
    order.add(place);
  };
  operations.forEach((_, place) => visit(place, new Set()));
  return [...order];
};

const pageNumber = (query: URLSearchParams, name: string, otherwise: number): number => {
  const sent = query.get(name);
  if (sent === null) return otherwise;
  if (!/^[+-]?\d{1,9}$/.test(sent)) throw invalid(`${name} is a whole number`);
  return Number(sent);
};

/** `attributes` and `excludedAttributes` (RFC 7644 §3.9); schemas and id are always returned. */
const project = (resource: Json, query: URLSearchParams): Json => {
  const wanted = (name: string): string[] | undefined =>
    query
      .get(name)
      ?.split(',')
      .map((path) =>
        path
          .trim()
          .toLowerCase()
          .replace(/^urn:ietf:params:scim:schemas:core:2\.0:user:/, ''),
      );
  const [only, without] = [wanted('attributes'), wanted('excludedAttributes')];
  if (only === undefined && without === undefined) return resource;
  const parts = (value: unknown, keep: (name: string) => boolean): unknown =>
    Array.isArray(value)
      ? value.map((each) => parts(each, keep))
      : isJson(value)
        ? Object.fromEntries(Object.entries(value).filter(([name]) => keep(name.toLowerCase())))
        : value;
  return Object.fromEntries(
    Object.entries(resource).flatMap(([name, value]): [string, unknown][] => {
      const key = name.toLowerCase();
      if (key === 'id' || key === 'schemas') return [[name, value]];
      if (only === undefined)
        return without?.includes(key) === true
          ? []
          : [[name, parts(value, (sub) => without?.includes(`${key}.${sub}`) !== true)]];
      if (only.includes(key)) return [[name, value]];
      if (!only.some((path) => path.startsWith(`${key}.`))) return [];
      return [[name, parts(value, (sub) => only.includes(`${key}.${sub}`))]];
    }),
  );
};

/** A definition of an attribute for /Schemas (RFC 7643 §7). */
const definition = ([name, { type, multiValued, subAttributes }]: [string, Attribute]): Json => ({
  name,
  type,
  multiValued: multiValued ?? false,
  description: `${name} of a user`,
  required: name === 'userName',
  caseExact: name === 'externalId',
  mutability: name === 'password' ? 'writeOnly' : 'readWrite',
  returned: name === 'password' ? 'never' : 'default',
  uniqueness: name === 'userName' ? 'server' : 'none',
  ...(subAttributes === undefined ? {} : { subAttributes: Object.entries(subAttributes).map(definition) }),
});

/** The places of operations that refer to themselves by way of others (RFC 7644 §3.7.1). */
const circlesOf = (operations: readonly Operation[]): ReadonlySet<number> => {
  const next = operations.map((operation) =>
    referencesOf(operation).map((id) => operations.findIndex(({ bulkId }) => bulkId === id)),
  );
  const reached = (from: number): Set<number> => {
    const seen = new Set<number>();
    const open = [...(next[from] ?? [])];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (seen.has(place)) continue;
      seen.add(place);
      open.push(...(next[place] ?? []));
    }
    return seen;
  };
  return new Set([...operations.keys()].filter((place) => reached(place).has(place)));
};

export const rfc9967Provider = (
  world: World,
  { honest = true, deviations: chosen = [] }: Rfc9967Options = {},
): SimulatedProvider => {
  const { now, sleep, random, newId } = machineIn(world);
  const has = (name: Deviation): boolean => chosen.includes(name) || (!honest && deviations[name].real);
  const [token, secondToken] = [newId(), newId()];
  const users = new Map<string, Json>();
  const results = new Map<string, { readonly owner: string | undefined; body: Json | undefined }>();
  const tails = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let free = limits.workers;

  const withinWorker = async <T>(milliseconds: number, task: () => T): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      await sleep(milliseconds);
      return task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };

  /** Runs a task after all that was asked for earlier on the same key. */
  const inOrder = <T>(key: string, task: () => T | Promise<T>): Promise<T> => {
    const result = (tails.get(key) ?? Promise.resolve()).then(task, task);
    tails.set(key, result);
    const forget = (): void => {
      if (tails.get(key) === result) tails.delete(key);
    };
    void result.then(forget, forget);
    return result;
  };

  const keyOf = ({ method, path, data }: Operation): string =>
    method === 'POST' && isJson(data) ? `named ${text(member(data, 'userName')).toLowerCase()}` : path;

  const found = (id: string): Json => {
    const user = users.get(id);
    if (user === undefined) throw new Refusal(404, 'there is no such user');
    return user;
  };

  const store = (id: string, user: Json, before: Json | undefined): Json => {
    const name = text(user.userName).toLowerCase();
    for (const [otherId, other] of users) {
      if (otherId !== id && text(other.userName).toLowerCase() === name)
        throw new Refusal(409, 'the userName is taken', 'uniqueness');
    }
    if (before !== undefined && isDeepStrictEqual(before, user)) return before;
    const lastModified = new Date(now()).toISOString();
    const created = isJson(before?.meta) ? before.meta.created : lastModified;
    const meta = { resourceType: 'User', created, lastModified, location: `${url}/Users/${id}` };
    const stored = { ...user, schemas: [`${core}User`], id, meta };
    users.set(id, stored);
    return stored;
  };

  const write = ({ method, path, data }: Operation): Outcome => {
    let resource: string | undefined;
    try {
      const route = routeOf(path, method);
      if (route.kind === 'users') {
        const id = newId();
        return { status: 201, path: `/Users/${id}`, user: store(id, readUser(data), undefined) };
      }
      if (route.kind !== 'user') throw new Refusal(400, 'not within a bulk request', 'invalidValue');
      const { id } = route;
      resource = `/Users/${encodeURIComponent(id)}`;
      if (method === 'DELETE') {
        if (!has('delete-unknown-204')) found(id);
        users.delete(id);
        return { status: 204, path: resource };
      }
      const before = found(id);
      const user = method === 'PUT' ? readUser(data) : patchUser(before, data);
      return { status: 200, path: resource, user: store(id, user, before) };
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return { status: 'refused', path: resource, refusal };
    }
  };

  const errorBody = (refusal: Refusal): Json => {
    const own = { 404: 'resourceNotFound', 405: 'methodNotAllowed' }[refusal.status];
    return has('invented-scimtype') && own !== undefined ? { ...refusal.body, scimType: own } : refusal.body;
  };

  const resultOf = ({ method, bulkId }: Operation, outcome: Outcome): Json => {
    const refusal = outcome.status === 'refused' ? outcome.refusal : undefined;
    const status = outcome.status === 'refused' ? outcome.refusal.status : outcome.status;
    return {
      method,
      ...(bulkId === undefined ? {} : { bulkId }),
      ...(outcome.path === undefined ? {} : { location: url + outcome.path }),
      status: String(status),
      ...(refusal === undefined ? {} : { response: errorBody(refusal) }),
    };
  };

  const replyTo = (outcome: Outcome, query: URLSearchParams): Reply => {
    if (outcome.status === 'refused') throw outcome.refusal;
    if (outcome.status === 204) return { status: 204 };
    const isSilent = outcome.status === 200 || has('no-location-on-201');
    return {
      status: outcome.status,
      ...(isSilent ? {} : { headers: { Location: url + outcome.path } }),
      body: project(outcome.user, query),
    };
  };

  const runOne = (operation: Operation, isAsynchronous: boolean): Promise<Outcome> =>
    inOrder(keyOf(operation), () =>
      isAsynchronous ? withinWorker(10 + random() * 20, () => write(operation)) : write(operation),
    );

  const runBulk = async (body: unknown, isAsynchronous: boolean): Promise<Json[]> => {
    const { operations, failOnErrors } = readBulk(body);
    const ids = new Map<string, string>();
    let errors = 0;
    let before: Promise<unknown> = Promise.resolve();
    const outcomes: Promise<Json>[] = [];
    const circles = circlesOf(operations);
    const run = (operation: Operation, place: number): Outcome => {
      const path = operation.path.replaceAll(/bulkId:([^/]+)/g, (sent, id: string) => ids.get(id) ?? sent);
      const refuse = (status: number, detail: string, scimType?: string): Outcome => ({
        status: 'refused',
        path: operation.method === 'POST' ? undefined : path,
        refusal: new Refusal(status, detail, scimType),
      });
      if (errors >= failOnErrors) return refuse(424, 'not done, because earlier operations failed');
      if (operation.method === 'POST' && operation.bulkId === undefined)
        return refuse(400, 'a POST has a bulkId', 'invalidSyntax');
      if (circles.has(place)) return refuse(409, 'bulkIds lead in a circle');
      for (const id of referencesOf(operation)) {
        const target = operations.find(({ bulkId, method }) => bulkId === id && method === 'POST');
        if (target === undefined || !ids.has(id)) return refuse(400, 'a bulkId leads to nothing', 'invalidValue');
      }
      return write({ ...operation, path, data: resolve(operation.data, ids) });
    };
    // All take their places in the order of their resources now, so that a later request cannot overtake them.
    for (const [turn, place] of orderOf(operations).entries()) {
      const operation = operations[place];
      if (operation === undefined) continue;
      const earlier = before;
      const outcome = inOrder(keyOf(operation), async () => {
        await earlier;
        const pause = turn === 0 ? 10 + random() * 20 : 1 + random() * 2;
        const result = await (isAsynchronous
          ? withinWorker(pause, () => run(operation, place))
          : run(operation, place));
        if (result.status === 'refused') errors += 1;
        if (result.status === 201 && operation.bulkId !== undefined) ids.set(operation.bulkId, text(result.user.id));
        return resultOf(operation, result);
      });
      before = outcome;
      outcomes[place] = outcome;
    }
    return Promise.all(outcomes);
  };

  /** 202; the result is available under its own URI when it is complete. */
  const accept = (owner: string | undefined, result: Promise<Json>): Reply => {
    const txn = newId();
    const entry: { owner: string | undefined; body: Json | undefined } = { owner, body: undefined };
    results.set(txn, entry);
    void result.then((body) => (entry.body = body));
    return {
      status: 202,
      headers: {
        ...(has('no-set-txn') ? {} : { 'Set-Txn': txn }),
        ...(has('no-preference-applied') ? {} : { 'Preference-Applied': 'respond-async' }),
        Location: `${base}/Async/${txn}`,
        'Cache-Control': 'no-store',
      },
      ...(has('202-with-body') ? { body: { txn, accepted: true } } : {}),
    };
  };

  const numbered = (result: Json): Json =>
    has('numeric-status') ? { ...result, status: Number(result.status) } : result;

  const list = (query: URLSearchParams): Json => {
    const filter = query.get('filter');
    const refusal = new Refusal(400, 'the filter is not supported', 'invalidFilter');
    const parsed = /^\s*(?:urn:ietf:params:scim:schemas:core:2\.0:User:)?userName\s+(eq|sw)\s+("(?:[^"\\]|\\.)*")\s*$/i;
    const [, op = '', literal = ''] = filter === null ? [] : (parsed.exec(filter) ?? []);
    if (filter !== null && op === '') throw refusal;
    const wanted = filter === null ? '' : text(parseLiteral(literal, refusal));
    const all = [...users.values()].filter(({ userName }) => filter === null || compare(op, text(userName), wanted));
    const startIndex = Math.max(1, pageNumber(query, 'startIndex', 1));
    const count = Math.min(limits.results, Math.max(0, pageNumber(query, 'count', limits.results)));
    const page = all.slice(startIndex - 1, startIndex - 1 + count);
    return listOf(
      page.map((user) => project(user, query)),
      all.length,
      startIndex,
    );
  };

  const listOf = (resources: readonly Json[], totalResults = resources.length, startIndex = 1): Json => ({
    schemas: [`${message}ListResponse`],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  });

  const discovered = (resource: Json, id: string | undefined): Json => {
    if (id === undefined) return listOf([resource]);
    if (id !== resource.id) throw new Refusal(404, 'there is no such thing');
    return resource;
  };

  const config = (): Json => ({
    schemas: [`${core}ServiceProviderConfig`],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: limits.operations, maxPayloadSize: limits.bytes },
    filter: { supported: true, maxResults: limits.results },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Bearer', description: 'A bearer token (RFC 6750)' }],
    ...(has('async-request-under-extension')
      ? { 'urn:ietf:params:scim:schemas:extension:events:2.0:ServiceProviderConfig': { asyncRequest: 'request' } }
      : { securityEvents: { asyncRequest: 'request', eventUris: [asyncResponse] } }),
    meta: { resourceType: 'ServiceProviderConfig', location: `${url}/ServiceProviderConfig` },
  });

  const read = (route: Route, client: string, query: URLSearchParams): Reply => {
    switch (route.kind) {
      case 'users':
        return { status: 200, body: list(query) };
      case 'user':
        return { status: 200, body: project(found(route.id), query) };
      case 'result': {
        const result = results.get(route.id);
        const isOwn = result !== undefined && (result.owner === undefined || result.owner === client);
        if (!isOwn || result.body === undefined) throw new Refusal(404, 'there is no such result');
        return { status: 200, headers: { 'Cache-Control': 'no-store' }, body: result.body, type: 'application/json' };
      }
      case 'config':
        if (query.has('filter')) throw new Refusal(403, 'no filter here');
        return { status: 200, body: config() };
      case 'schemas': {
        if (query.has('filter')) throw new Refusal(403, 'no filter here');
        const schema = {
          schemas: [`${core}Schema`],
          id: `${core}User`,
          name: 'User',
          description: 'A user',
          attributes: Object.entries(attributes).map(definition),
          meta: { resourceType: 'Schema', location: `${url}/Schemas/${core}User` },
        };
        return { status: 200, body: discovered(schema, route.id) };
      }
      case 'resourceTypes': {
        if (query.has('filter')) throw new Refusal(403, 'no filter here');
        const resourceType = {
          schemas: [`${core}ResourceType`],
          id: 'User',
          name: 'User',
          endpoint: '/Users',
          schema: `${core}User`,
          meta: { resourceType: 'ResourceType', location: `${url}/ResourceTypes/User` },
        };
        return { status: 200, body: discovered(resourceType, route.id) };
      }
      case 'bulk':
        throw new Refusal(405, 'not with this method', undefined, { Allow: 'POST' });
    }
  };

  const parse = (request: IncomingMessage, bytes: Buffer): unknown => {
    const type = request.headers['content-type'] ?? '';
    const charset = /;\s*charset="?([^";\s]+)/i.exec(type)?.[1] ?? 'utf-8';
    if (!/^application\/(scim\+)?json\s*(;|$)/i.test(type) || charset.toLowerCase() !== 'utf-8')
      throw new Refusal(415, 'a body is application/scim+json');
    let parsed: unknown;
    try {
      parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch {
      const where = has('path-leak') ? ' (/srv/scim/releases/12/lib/http/body-reader.js:88:17)' : '';
      throw syntax(`the body is no JSON${where}`);
    }
    if (!depthIsFair(parsed)) throw syntax('the body is nested too deep');
    return parsed;
  };

  const preferences = ({ rawHeaders }: IncomingMessage): { isAsynchronous: boolean; wait: number } => {
    const lines = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'prefer');
    const found = preferencesOf(has('first-prefer-line-only') ? lines.slice(0, 1) : lines);
    const wait = found.get('wait') ?? '';
    return { isAsynchronous: found.get('respond-async') === '', wait: /^\d{1,9}$/.test(wait) ? Number(wait) : 0 };
  };

  /** The normal answer if it is ready within `wait` seconds, otherwise 202. */
  const answer = async <T>(
    client: string,
    wait: number,
    work: Promise<T>,
    normal: (value: T) => Reply,
    result: (value: T) => Json,
  ): Promise<Reply> => {
    const timer = new AbortController();
    const late = sleep(Math.min(wait, 60) * 1000, timer.signal).then(() => undefined);
    const early = wait === 0 ? undefined : await Promise.race([work.then((value) => ({ value })), late]);
    timer.abort();
    return early === undefined ? accept(client, work.then(result)) : normal(early.value);
  };

  const handle = async (request: IncomingMessage, bytes: Buffer): Promise<Reply> => {
    const method = request.method ?? '';
    const [target = '', ...queries] = (request.url ?? '').replace(/^https?:\/\/[^/?]*/i, '').split('?');
    const query = new URLSearchParams(queries.join('?'));
    const path = target.startsWith(`${base}/`) ? target.slice(base.length) : 'elsewhere';
    const { isAsynchronous, wait } = preferences(request);
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const client = bearer === token || bearer === secondToken ? bearer : undefined;
    if (client === undefined) {
      const refusal = new Refusal(401, 'a valid token is required', undefined, {
        'WWW-Authenticate': `Bearer realm="scim"${bearer === undefined ? '' : ', error="invalid_token"'}`,
      });
      if (!has('accepts-before-authentication') || !isAsynchronous || method === 'GET' || method === 'HEAD')
        throw refusal;
      const route = routeOf(path, method);
      const result = resultOf({ method, path, data: null }, { status: 'refused', path: undefined, refusal });
      const body = route.kind === 'bulk' ? { Operations: [numbered(result)] } : numbered(result);
      return accept(
        undefined,
        withinWorker(10, () => body),
      );
    }
    const route = routeOf(path, method);
    if (method === 'GET' || method === 'HEAD') return read(route, client, query);
    if (bytes.length > (route.kind === 'bulk' ? limits.bytes : limits.anyBytes))
      throw new Refusal(413, 'the body is too large');
    const data = method === 'DELETE' ? undefined : parse(request, bytes);
    const isLost = isAsynchronous && has('body-lost') && bytes.length > 0;
    const lost = (operation: Operation): Outcome => ({
      status: 'refused',
      path: undefined,
      refusal: new Refusal(500, `error parsing the body of ${operation.method}`),
    });
    if (route.kind === 'bulk') {
      const { operations } = readBulk(data);
      const work = isLost
        ? withinWorker(10, () => operations.map((operation) => resultOf(operation, lost(operation))))
        : runBulk(data, isAsynchronous);
      const normal = (results: Json[]): Reply => ({
        status: 200,
        body: { schemas: [`${message}BulkResponse`], Operations: results },
      });
      if (!isAsynchronous) return normal(await work);
      return answer(client, wait, work, normal, (results) => ({ Operations: results.map(numbered) }));
    }
    if (!isJson(data) && method !== 'DELETE') throw syntax('a body is a JSON object');
    const operation = { method, path, data };
    const work = isLost ? withinWorker(10, () => lost(operation)) : runOne(operation, isAsynchronous);
    if (!isAsynchronous) return replyTo(await work, query);
    return answer(
      client,
      wait,
      work,
      (outcome) => replyTo(outcome, query),
      (outcome) => numbered(resultOf(operation, outcome)),
    );
  };

  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // One chunk too many is enough to know that it is too large.
      if (size - chunk.length <= limits.anyBytes) chunks.push(chunk);
    });
    request.on('end', () => {
      void handle(request, Buffer.concat(chunks))
        .catch((error: unknown): Reply => {
          const refusal = error instanceof Refusal ? error : new Refusal(500, 'internal error');
          return { status: refusal.status, headers: refusal.headers, body: errorBody(refusal) };
        })
        .then(({ status, headers = {}, body, type = 'application/scim+json' }) => {
          const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
          const length = status === 204 ? {} : { 'Content-Length': sent?.length ?? 0 };
          response.writeHead(status, {
            ...headers,
            Date: new Date(now()).toUTCString(),
            ...(sent === undefined ? {} : { 'Content-Type': type }),
            ...length,
          });
          response.end(request.method === 'HEAD' ? undefined : sent);
        });
    });
  };
  return serverProvider({ baseUrl: url, token, secondToken }, listener);
};
