/** Attribute paths in filters (RFC 7644 §3.10): the values that they lead to, and what is known about the attribute. */
import { urn } from '../../schemas/names.js';
import { coreSchemas } from '../provider/core-schemas.js';
import {
  findAttribute,
  findSchema,
  type AttributeDefinition,
  type SchemaDefinition,
} from '../provider/schema-definitions.js';
import { isObject } from '../trace/message.js';

/** Names from outermost to innermost; for an attribute of an extension, the first one is the URN. */
export type PathNames = readonly string[];

/** The core schema may be named or not; an extension is a member with its URN as the name. */
export const pathNames = (path: string): PathNames => {
  const end = path.lastIndexOf(':');
  if (end < 0) return path.split('.');
  const schema = path.slice(0, end);
  const names = path.slice(end + 1).split('.');
  return schema.toLowerCase() === urn.user.toLowerCase() ? names : [schema, ...names];
};

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** All values at the path, those of lists one by one. Null and an empty text count as no value (RFC 7643 §2.5). */
export const valuesAt = (value: unknown, names: PathNames): unknown[] => {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, names));
  const [first, ...rest] = names;
  if (first === undefined) return value === undefined || value === null || value === '' ? [] : [value];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => (isSame(name, first) ? valuesAt(member, rest) : []));
};

/** RFC 7643 §3.1; they are in no schema. */
const dates: readonly string[] = ['meta.created', 'meta.lastmodified'];

const definitionIn = (schemas: readonly SchemaDefinition[], names: PathNames): AttributeDefinition | undefined => {
  const [first = '', ...rest] = names;
  const isExtension = first.includes(':');
  const schema = findSchema(schemas, isExtension ? first : urn.user);
  return schema === undefined ? undefined : findAttribute(schema, (isExtension ? rest : names).join('.'));
};

/** `open`: the provider and RFC 7643 say different things, or neither says anything. */
export type LetterCase = 'exact' | 'ignored' | 'open';

export interface AttributeFacts {
  readonly isDate: boolean;
  readonly isBoolean: boolean;
  readonly letterCase: LetterCase;
  /** Whether a list may leave the attribute out although it has a value (`returned`, RFC 7643 §7). */
  readonly mayBeHidden: boolean;
}

const letterCaseOf = (own: AttributeDefinition | undefined, usual: AttributeDefinition | undefined): LetterCase => {
  if (own !== undefined && usual !== undefined && own.caseExact !== usual.caseExact) return 'open';
  const known = own ?? usual;
  if (known === undefined) return 'open';
  return known.caseExact ? 'exact' : 'ignored';
};

/** `schemas` are those of the provider; what they do not name is as in RFC 7643. */
export const factsOf = (schemas: readonly SchemaDefinition[], names: PathNames): AttributeFacts => {
  const own = definitionIn(schemas, names);
  const usual = definitionIn(coreSchemas, names);
  const { type, returned = 'default' } = own ?? usual ?? {};
  return {
    isDate: dates.includes(names.join('.').toLowerCase()),
    isBoolean: type === 'boolean',
    letterCase: letterCaseOf(own, usual),
    mayBeHidden: returned === 'request' || returned === 'never',
  };
};
