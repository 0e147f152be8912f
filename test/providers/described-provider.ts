/**
 * A synchronous provider whose resources are not those of RFC 7643: a user with few attributes and a required extension,
 * and devices, which only its own /Schemas and /ResourceTypes describe. It was written from RFC 7643 §2, §6 and §7, without
 * the mock and the judges. It can have one mistake at a time.
 */
import type { IncomingMessage, RequestListener } from 'node:http';
import { serverProvider, type SimulatedProvider, type World } from '../../simulation/index.js';
import { machineIn } from './machine.js';

type Json = Record<string, unknown>;

/** Mistakes by name, and the requirements that they violate. */
export const mistakes = {
  'rounded-decimal': { what: 'the weight of a device is stored as a whole number', violates: ['CORE-18'] },
  'last-port-lost': { what: 'only the first port of a device is kept', violates: ['CORE-18'] },
  'numbers-as-texts': { what: 'the weight of a device is shown as a text', violates: ['CORE-16'] },
  'secret-shown': { what: 'an attribute that is never returned is shown', violates: ['CORE-16'] },
  'devices-not-served': { what: 'the endpoint of a resource type that is listed is 404', violates: ['CORE-16'] },
  'extension-lost': { what: 'PUT loses an extension', violates: ['CORE-18'] },
} as const satisfies Record<string, { what: string; violates: readonly string[] }>;

export type Mistake = keyof typeof mistakes;

interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'reference' | 'binary' | 'complex';
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly mutability: 'readWrite' | 'readOnly' | 'immutable' | 'writeOnly';
  readonly returned: 'default' | 'always' | 'never' | 'request';
  readonly caseExact: boolean;
  readonly uniqueness: 'none' | 'server';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

const attribute = (name: string, type: Attribute['type'] = 'string', more: Partial<Attribute> = {}): Attribute => ({
  name,
  type,
  multiValued: false,
  required: false,
  mutability: 'readWrite',
  returned: 'default',
  caseExact: false,
  uniqueness: 'none',
  ...(type === 'reference' ? { referenceTypes: ['external'] } : {}),
  ...more,
});

const core = 'urn:ietf:params:scim:schemas:core:2.0:';
const message = 'urn:ietf:params:scim:api:messages:2.0:';
const own = 'urn:example:params:scim:schemas:1.0:';

const schemas = [
  {
    id: `${core}User`,
    name: 'User',
    attributes: [
      attribute('userName', 'string', { required: true, uniqueness: 'server', returned: 'always' }),
      attribute('displayName'),
      attribute('active', 'boolean'),
      attribute('emails', 'complex', {
        multiValued: true,
        subAttributes: [
          attribute('value'),
          attribute('type', 'string', { canonicalValues: ['work', 'home'] }),
          attribute('primary', 'boolean'),
        ],
      }),
    ],
  },
  {
    id: `${own}Badge`,
    name: 'Badge',
    attributes: [
      attribute('office', 'string', { required: true, canonicalValues: ['north', 'south'] }),
      attribute('level', 'integer'),
      attribute('issued', 'dateTime'),
    ],
  },
  {
    id: `${own}Device`,
    name: 'Device',
    attributes: [
      attribute('displayName', 'string', { required: true }),
      attribute('serial', 'string', { mutability: 'immutable', caseExact: true, uniqueness: 'server' }),
      attribute('weight', 'decimal'),
      attribute('bought', 'dateTime'),
      attribute('photo', 'reference'),
      attribute('fingerprint', 'binary', { caseExact: true }),
      attribute('tags', 'string', { multiValued: true }),
      attribute('ports', 'complex', {
        multiValued: true,
        subAttributes: [attribute('value', 'integer'), attribute('label'), attribute('open', 'boolean')],
      }),
      attribute('maker', 'complex', { subAttributes: [attribute('name'), attribute('site', 'reference')] }),
      attribute('pin', 'string', { mutability: 'writeOnly', returned: 'never' }),
      attribute('firmware', 'string', { mutability: 'readOnly' }),
      attribute('notes', 'string', { returned: 'request' }),
    ],
  },
  { id: `${own}Rented`, name: 'Rented', attributes: [attribute('until', 'dateTime'), attribute('rate', 'decimal')] },
];

const types = [
  { name: 'User', endpoint: '/Users', schema: `${core}User`, extensions: [{ schema: `${own}Badge`, required: true }] },
  {
    name: 'Device',
    endpoint: '/Devices',
    schema: `${own}Device`,
    extensions: [{ schema: `${own}Rented`, required: false }],
  },
];

type Type = (typeof types)[number];

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
    return {
      schemas: [`${message}Error`],
      status: String(status),
      ...(scimType === undefined ? {} : { scimType }),
      detail,
    };
  }
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const attributesOf = (schema: string): readonly Attribute[] =>
  schemas.find(({ id }) => id === schema)?.attributes ?? [];

const isValid = ({ type }: Attribute, value: unknown): boolean => {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'decimal') return typeof value === 'number';
  return typeof value === 'string';
};

/** The members that a client may write, with the names of the schema. Refuses what has the wrong type (RFC 7643 §2.3). */
const readMembers = (attributes: readonly Attribute[], sent: Json): Json => {
  const kept: Json = {};
  for (const [given, value] of Object.entries(sent)) {
    const definition = attributes.find(({ name }) => name.toLowerCase() === given.toLowerCase());
    if (definition === undefined || definition.mutability === 'readOnly' || value === null) continue;
    const { name, multiValued, subAttributes } = definition;
    const one = (item: unknown): unknown => {
      if (subAttributes !== undefined && isJson(item)) return readMembers(subAttributes, item);
      if (subAttributes !== undefined || !isValid(definition, item))
        throw new Refusal(400, `${name} is a ${definition.type}`, 'invalidValue');
      return item;
    };
    if (multiValued !== Array.isArray(value)) throw new Refusal(400, `${name} has a wrong form`, 'invalidValue');
    const read = Array.isArray(value) ? value.map(one) : one(value);
    if (!Array.isArray(read) || read.length > 0) kept[name] = read;
  }
  const missing = attributes.find(({ name, required }) => required && (kept[name] ?? '') === '');
  if (missing !== undefined) throw new Refusal(400, `${missing.name} is required`, 'invalidValue');
  return kept;
};

interface Stored {
  readonly id: string;
  readonly type: Type;
  readonly created: string;
  readonly lastModified: string;
  readonly attributes: Json;
}

const base = 'http://127.0.0.1/scim';
const token = 'the-token-of-the-only-client';

export interface DescribedProvider extends SimulatedProvider {
  /** The stored resources. */
  readonly held: () => number;
}

export const describedProvider = (world: World, mistake: Mistake | undefined): DescribedProvider => {
  const machine = machineIn(world);
  const has = (name: Mistake): boolean => name === mistake;
  const resources = new Map<string, Stored>();

  /** What is stored of a body; refuses what is not valid. `before`: the attributes that a PUT replaces. */
  const read = (type: Type, body: unknown, before: Json | undefined): Json => {
    if (!isJson(body)) throw new Refusal(400, 'a resource is an object', 'invalidSyntax');
    const attributes = readMembers(attributesOf(type.schema), body);
    const { externalId } = body;
    for (const { schema, required } of type.extensions) {
      const sent = body[schema];
      if (isJson(sent)) attributes[schema] = readMembers(attributesOf(schema), sent);
      else if (required) throw new Refusal(400, `${schema} is required`, 'invalidValue');
    }
    // RFC 7644 §3.5.1: what is immutable keeps its value, or the request fails.
    for (const { name, mutability } of attributesOf(type.schema)) {
      if (mutability !== 'immutable' || before?.[name] === undefined) continue;
      if (attributes[name] !== undefined && attributes[name] !== before[name])
        throw new Refusal(400, `${name} cannot be changed`, 'mutability');
      attributes[name] = before[name];
    }
    if (has('rounded-decimal') && typeof attributes.weight === 'number')
      attributes.weight = Math.floor(attributes.weight);
    if (has('last-port-lost') && Array.isArray(attributes.ports)) attributes.ports = attributes.ports.slice(0, 1);
    const lost = has('extension-lost') && before !== undefined ? { [`${own}Rented`]: undefined } : {};
    return { ...attributes, ...lost, ...(typeof externalId === 'string' ? { externalId } : {}) };
  };

  const demandUnique = (type: Type, attributes: Json, id: string | undefined): void => {
    for (const { name, uniqueness, caseExact } of attributesOf(type.schema)) {
      const textOf = (value: unknown): unknown => (caseExact ? value : String(value).toLowerCase());
      if (uniqueness !== 'server' || attributes[name] === undefined) continue;
      for (const other of resources.values())
        if (
          other.type === type &&
          other.id !== id &&
          other.attributes[name] !== undefined &&
          textOf(other.attributes[name]) === textOf(attributes[name])
        )
          throw new Refusal(409, `the ${name} is taken`, 'uniqueness');
    }
  };

  const locationOf = ({ type, id }: Stored): string => `${base}${type.endpoint}/${id}`;

  const shown = (stored: Stored, asked: readonly string[]): Json => {
    const { id, type, created, lastModified, attributes } = stored;
    const hidden = attributesOf(type.schema).filter(
      ({ name, returned }) =>
        (returned === 'never' && !has('secret-shown')) ||
        (returned === 'request' && !asked.includes(name.toLowerCase())),
    );
    const visible = Object.entries(attributes).filter(([name]) => !hidden.some((each) => each.name === name));
    const isAsked = (name: string): boolean =>
      asked.length === 0 || asked.some((each) => each.split('.')[0] === name.toLowerCase()) || name === 'userName';
    const extensions = type.extensions.map(({ schema }) => schema).filter((schema) => attributes[schema] !== undefined);
    return {
      schemas: [type.schema, ...extensions],
      id,
      ...Object.fromEntries(
        visible
          .filter(([name]) => isAsked(name))
          .map(([name, value]) => [name, has('numbers-as-texts') && name === 'weight' ? String(value) : value]),
      ),
      ...(type.name === 'Device' && isAsked('firmware') ? { firmware: '1.0' } : {}),
      meta: { resourceType: type.name, created, lastModified, location: locationOf(stored) },
    };
  };

  const listOf = (all: readonly unknown[], startIndex = 1, count = 200): Json => {
    const page = all.slice(startIndex - 1, startIndex - 1 + count);
    return {
      schemas: [`${message}ListResponse`],
      totalResults: all.length,
      startIndex,
      itemsPerPage: page.length,
      Resources: page,
    };
  };

  const discovery = (path: string, hasFilter: boolean): Json | undefined => {
    const unsupported = { supported: false };
    if (path === '/ServiceProviderConfig')
      return {
        schemas: [`${core}ServiceProviderConfig`],
        patch: unsupported,
        bulk: { ...unsupported, maxOperations: 0, maxPayloadSize: 0 },
        filter: { ...unsupported, maxResults: 0 },
        changePassword: unsupported,
        sort: unsupported,
        etag: unsupported,
        authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Bearer', description: 'A bearer token' }],
      };
    const described: Record<string, Json[]> = {
      Schemas: schemas.map((each) => ({
        schemas: [`${core}Schema`],
        description: each.name,
        ...each,
        meta: { resourceType: 'Schema', location: `${base}/Schemas/${each.id}` },
      })),
      ResourceTypes: types.map(({ extensions, ...each }) => ({
        schemas: [`${core}ResourceType`],
        id: each.name,
        description: each.name,
        ...each,
        schemaExtensions: extensions,
        meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${each.name}` },
      })),
    };
    const [, kind = '', id] = path.split('/');
    const entries = described[kind];
    if (entries === undefined) return undefined;
    if (hasFilter) throw new Refusal(403, 'these lists cannot be filtered');
    return id === undefined ? listOf(entries) : entries.find((entry) => entry.id === id);
  };

  const parse = (request: IncomingMessage, bytes: Buffer): unknown => {
    if (!/^application\/(scim\+)?json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
      throw new Refusal(415, 'a body is JSON');
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      if ((text.match(/[[{]/g) ?? []).length > 2000) throw new Error('too many parts');
      return JSON.parse(text) as unknown;
    } catch {
      throw new Refusal(400, 'the body is no JSON', 'invalidSyntax');
    }
  };

  const wholeNumber = (value: string | null, otherwise: number): number =>
    value !== null && /^-?\d{1,9}$/.test(value) ? Number(value) : otherwise;

  const answer = (request: IncomingMessage, bytes: Buffer): { status: number; body?: Json; location?: string } => {
    if (request.headers.authorization !== `Bearer ${token}`)
      throw new Refusal(401, 'a token is required', undefined, { 'WWW-Authenticate': 'Bearer' });
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = decodeURIComponent(pathname).slice('/scim'.length);
    const { method = 'GET' } = request;
    const described = discovery(path, searchParams.has('filter'));
    if (described !== undefined) {
      if (method === 'GET') return { status: 200, body: described };
      throw new Refusal(405, 'this is read only', undefined, { Allow: 'GET' });
    }
    const [, endpoint = '', id, ...rest] = path.split('/');
    const type = types.find((each) => each.endpoint === `/${endpoint}`);
    if (type === undefined || rest.length > 0 || id === '' || (type.name === 'Device' && has('devices-not-served')))
      throw new Refusal(404, 'there is nothing');
    const asked = (searchParams.get('attributes') ?? '').toLowerCase().split(',').filter(Boolean);
    if (searchParams.has('filter')) throw new Refusal(400, 'filters are not supported', 'invalidFilter');
    const now = new Date(machine.now()).toISOString();
    if (id === undefined) {
      if (method === 'GET') {
        const all = [...resources.values()].filter((stored) => stored.type === type);
        const start = Math.max(1, wholeNumber(searchParams.get('startIndex'), 1));
        const count = Math.max(0, wholeNumber(searchParams.get('count'), 200));
        return {
          status: 200,
          body: listOf(
            all.map((stored) => shown(stored, asked)),
            start,
            count,
          ),
        };
      }
      if (method !== 'POST') throw new Refusal(405, 'no such method here', undefined, { Allow: 'GET, POST' });
      const attributes = read(type, parse(request, bytes), undefined);
      demandUnique(type, attributes, undefined);
      const stored: Stored = { id: machine.newId(), type, created: now, lastModified: now, attributes };
      resources.set(stored.id, stored);
      return { status: 201, body: shown(stored, asked), location: locationOf(stored) };
    }
    const stored = resources.get(id);
    if (stored?.type !== type) throw new Refusal(404, 'there is no such resource');
    if (method === 'GET') return { status: 200, body: shown(stored, asked) };
    if (method === 'DELETE') {
      resources.delete(id);
      return { status: 204 };
    }
    if (method !== 'PUT')
      throw new Refusal(method === 'PATCH' ? 501 : 405, 'no such method here', undefined, {
        Allow: 'GET, PUT, DELETE',
      });
    const attributes = read(type, parse(request, bytes), stored.attributes);
    demandUnique(type, attributes, id);
    const replaced: Stored = { ...stored, lastModified: now, attributes };
    resources.set(id, replaced);
    return { status: 200, body: shown(replaced, asked), location: locationOf(replaced) };
  };

  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const reply = (status: number, body: Json | undefined, headers: Record<string, string>): void => {
        const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
        response.writeHead(status, {
          ...headers,
          Date: new Date(machine.now()).toUTCString(),
          ...(sent === undefined ? {} : { 'Content-Type': 'application/scim+json', 'Content-Length': sent.length }),
        });
        response.end(request.method === 'HEAD' ? undefined : sent);
      };
      try {
        const { status, body, location } = answer(request, Buffer.concat(chunks));
        reply(status, body, location === undefined ? {} : { Location: location });
      } catch (error) {
        const refusal =
          error instanceof Refusal
            ? error
            : error instanceof URIError
              ? new Refusal(400, 'the path is not percent-encoded')
              : new Refusal(500, 'internal error');
        reply(refusal.status, refusal.body, refusal.headers);
      }
    });
  };
  return { ...serverProvider({ baseUrl: base, token }, listener), held: () => resources.size };
};
