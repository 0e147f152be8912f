/**
 * Finds the attributes that a target requires of users and groups and that the suite does not send, from /ResourceTypes
 * and /Schemas (RFC 7643 §6, §7). Those do not say which values are accepted, so that the values are invented.
 */
import { urn } from '../../schemas/names.js';
import { isObject, type JsonObject } from '../trace/message.js';
import type { ResourceTemplates } from './target.js';

export interface RequiredAttributes {
  readonly resources: ResourceTemplates;
  /** Paths of the attributes whose values are invented, such as `urn:…:User:employeeNumber` (RFC 7644 §3.10). */
  readonly invented: Readonly<Record<keyof ResourceTemplates, readonly string[]>>;
  /** Paths of the attributes of users that the suite writes, and the provider does not let anybody write. */
  readonly readOnly: readonly string[];
}

interface Kind {
  /** The last segment of the endpoint, in lower case. */
  readonly endpoint: string;
  readonly schema: string;
  /** Paths of the attributes that the suite sends in every such resource (suites/generators), or the provider sets. */
  readonly sent: readonly string[];
}

const user: Kind = {
  endpoint: 'users',
  schema: urn.user,
  sent: ['schemas', 'id', 'meta', 'userName', 'displayName', 'active', 'emails', 'name.givenName', 'name.familyName'],
};

const group: Kind = {
  endpoint: 'groups',
  schema: urn.group,
  sent: ['schemas', 'id', 'meta', 'displayName', 'members'],
};

const isNamed = (attribute: unknown): attribute is JsonObject & { name: string } =>
  isObject(attribute) && typeof attribute.name === 'string' && attribute.name !== '';

/** Attributes that a client can write. */
const writable = (attributes: unknown): (JsonObject & { name: string })[] =>
  (Array.isArray(attributes) ? (attributes as unknown[]) : [])
    .filter(isNamed)
    .filter(({ mutability }) => mutability !== 'readOnly');

const inventText = ({ name, canonicalValues, uniqueness }: JsonObject & { name: string }): string => {
  const [canonical] = Array.isArray(canonicalValues) ? (canonicalValues as unknown[]) : [];
  if (typeof canonical === 'string') return canonical;
  if (/e-?mail/i.test(name)) return '{{userName}}';
  if (name.toLowerCase() === 'password') return 'Pw1-{{unique}}';
  const isOneOfAKind = (typeof uniqueness === 'string' && uniqueness !== 'none') || /number|code|id$/i.test(name);
  return isOneOfAKind ? '{{unique}}' : 'Conformance';
};

/** A value of the attribute's type (RFC 7643 §2.3). */
const inventOne = (attribute: JsonObject & { name: string }): unknown => {
  switch (attribute.type) {
    case 'boolean':
      return true;
    case 'integer':
      return 1;
    case 'decimal':
      return 1.5;
    case 'dateTime':
      return '2020-01-01T00:00:00Z';
    case 'binary':
      return 'AA==';
    case 'reference':
      return 'https://example.com/{{unique}}';
    case 'complex': {
      const parts = writable(attribute.subAttributes);
      const demanded = parts.filter(({ required }) => required === true);
      const inside = demanded.length > 0 ? demanded : parts.filter(({ name }) => name === 'value');
      // A complex attribute contains no complex attributes (RFC 7643 §2.3.8).
      return Object.fromEntries(
        inside.filter(({ type }) => type !== 'complex').map((part) => [part.name, invent(part)]),
      );
    }
    default:
      return inventText(attribute);
  }
};

const invent = (attribute: JsonObject & { name: string }): unknown =>
  attribute.multiValued === true ? [inventOne(attribute)] : inventOne(attribute);

/** The required attributes of a schema, with values, without those that the suite sends anyway. */
const demandedBy = (schema: JsonObject | undefined, sent: readonly string[]): JsonObject => {
  const known = sent.map((path) => path.toLowerCase());
  const isSent = (path: string): boolean => known.includes(path.toLowerCase());
  const isPartlySent = (name: string): boolean => known.some((path) => path.startsWith(`${name.toLowerCase()}.`));
  return Object.fromEntries(
    writable(schema?.attributes).flatMap((attribute): [string, unknown][] => {
      const { name, required, subAttributes } = attribute;
      if (isSent(name)) return [];
      if (!isPartlySent(name)) return required === true ? [[name, invent(attribute)]] : [];
      const rest = writable(subAttributes).filter((part) => part.required === true && !isSent(`${name}.${part.name}`));
      return rest.length === 0 ? [] : [[name, Object.fromEntries(rest.map((part) => [part.name, invent(part)]))]];
    }),
  );
};

const isSame = (one: unknown, other: string): boolean =>
  typeof one === 'string' && one.toLowerCase() === other.toLowerCase();

/** URNs of the extensions that every resource of the type must have. */
const demandedExtensions = (type: JsonObject | undefined): string[] =>
  (Array.isArray(type?.schemaExtensions) ? (type.schemaExtensions as unknown[]) : []).flatMap((extension) =>
    isObject(extension) &&
    extension.required === true &&
    typeof extension.schema === 'string' &&
    extension.schema !== ''
      ? [extension.schema]
      : [],
  );

/** Which of the attributes that the suite writes are read-only, themselves or as a part of one that is. */
const readOnlyOf = (schema: JsonObject | undefined, written: readonly string[]): string[] => {
  const among = (attributes: unknown, prefix: string): string[] =>
    (Array.isArray(attributes) ? (attributes as unknown[]) : [])
      .filter(isNamed)
      .flatMap(({ name, mutability, subAttributes }) =>
        mutability === 'readOnly' ? [`${prefix}${name}`.toLowerCase()] : among(subAttributes, `${prefix}${name}.`),
      );
  const closed = among(schema?.attributes, '');
  return written.filter((path) =>
    closed.some((one) => one === path.toLowerCase() || path.toLowerCase().startsWith(`${one}.`)),
  );
};

/** What CORE-03 compares. */
const writtenByUs = ['userName', 'name', 'name.givenName', 'name.familyName', 'displayName', 'active', 'emails'];

const isEmpty = (value: JsonObject): boolean => Object.keys(value).length === 0;

const templateOf = (kind: Kind, types: readonly JsonObject[], schemas: readonly JsonObject[]) => {
  const schemaOf = (id: string): JsonObject | undefined => schemas.find((schema) => isSame(schema.id, id));
  const type = types.find(
    ({ endpoint }) => typeof endpoint === 'string' && endpoint.toLowerCase().split('/').at(-1) === kind.endpoint,
  );
  const core = demandedBy(schemaOf(typeof type?.schema === 'string' ? type.schema : kind.schema), kind.sent);
  const extensions = demandedExtensions(type).map((id) => ({
    id,
    attributes: demandedBy(schemaOf(id), []),
  }));
  const bare = extensions.filter(({ attributes }) => isEmpty(attributes)).map(({ id }) => id);
  const filled = extensions.filter(({ attributes }) => !isEmpty(attributes));
  return {
    template: {
      ...(bare.length === 0 ? {} : { schemas: bare }),
      ...core,
      ...Object.fromEntries(filled.map(({ id, attributes }) => [id, attributes])),
    },
    readOnly: readOnlyOf(schemaOf(typeof type?.schema === 'string' ? type.schema : kind.schema), writtenByUs),
    invented: [
      ...Object.keys(core),
      ...filled.flatMap(({ id, attributes }) => Object.keys(attributes).map((name) => `${id}:${name}`)),
    ],
  };
};

/** Reads the lists at /ResourceTypes and /Schemas; ignores entries that are not in the expected form. */
export const requiredAttributes = (
  types: readonly JsonObject[],
  schemas: readonly JsonObject[],
): RequiredAttributes => {
  const users = templateOf(user, types, schemas);
  const groups = templateOf(group, types, schemas);
  return {
    resources: {
      ...(isEmpty(users.template) ? {} : { user: users.template }),
      ...(isEmpty(groups.template) ? {} : { group: groups.template }),
    },
    invented: { user: users.invented, group: groups.invented },
    readOnly: users.readOnly,
  };
};
