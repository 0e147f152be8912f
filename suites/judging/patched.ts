/**
 * What a resource is after a PATCH (RFC 7644 §3.5.2), computed from a read before it. It understands the paths and
 * filters that scenarios send, and no others.
 */
import { urn } from '../../schemas/names.js';
import { isObject, type JsonObject } from '../trace/message.js';
import { isAlike } from '../trace/alike.js';

/** The target of one operation. */
export interface PatchPath {
  /** URN of the extension that holds the attribute; undefined for an attribute of the core schema. */
  readonly extension: string | undefined;
  readonly attribute: string;
  /** Selects values of a list; undefined: all. */
  readonly selects: ((value: unknown) => boolean) | undefined;
  readonly subAttribute: string | undefined;
}

const grammar = /^(?:(urn:[^\s[\]"]+):)?([A-Za-z$][\w$-]*)(?:\[(.+)\])?(?:\.([A-Za-z$][\w$-]*))?$/;

const comparison = /^([\w$]+) eq ("(?:[^"\\]|\\.)*"|true|false)$/;

/** `eq` comparisons with `and` between them; undefined for any other filter. */
const conjunctionOf = (filter: string): PatchPath['selects'] => {
  const parts = filter.split(' and ').map((part) => {
    const [, name, literal] = comparison.exec(part) ?? [];
    return name === undefined || literal === undefined ? undefined : { name, value: JSON.parse(literal) as unknown };
  });
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  return (value) => isObject(value) && known.every((part) => isAlike(part.value, value[part.name]));
};

/** A filter of `eq` comparisons with `and` and `or`, of which `and` binds first (RFC 7644 §3.4.2.2); undefined for any other. */
const selectorOf = (filter: string): PatchPath['selects'] => {
  const parts = filter.split(' or ').map(conjunctionOf);
  const known = parts.filter((part) => part !== undefined);
  return known.length < parts.length ? undefined : (value) => known.some((selects) => selects(value));
};

/** Undefined if it is of a form that no scenario sends. */
export const readPatchPath = (path: string): PatchPath | undefined => {
  const [, schema, attribute, filter, subAttribute] = grammar.exec(path) ?? [];
  const selects = filter === undefined ? undefined : selectorOf(filter);
  if (attribute === undefined || (filter !== undefined && selects === undefined)) return undefined;
  const extension = schema === urn.user || schema === urn.group ? undefined : schema;
  return { extension, attribute, selects, subAttribute };
};

type Op = 'add' | 'remove' | 'replace';

/** One operation on one attribute. */
interface Edit {
  readonly op: Op;
  readonly value: unknown;
  readonly reading: ReplaceReading;
  readonly hasPath?: boolean;
}

const isOp = (op: unknown): op is Op => op === 'add' || op === 'remove' || op === 'replace';

const without = (holder: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(holder).filter(([own]) => own !== name));

/**
 * What `replace` does to the sub-attributes of a complex value that are not in the new one. RFC 7644 §3.5.2.3 says that they
 * stay if the path is that of a complex attribute. It does not say so where there is no path, or where a filter selects the
 * value.
 */
export type ReplaceReading = 'keeps the others' | 'removes the others';

/** A single value; `add` leaves the sub-attributes of a complex one that are not in `value` as they are. */
const changedSingle = (before: unknown, value: unknown, { op, reading }: Pick<Edit, 'op' | 'reading'>): unknown =>
  isObject(before) && isObject(value) && (op === 'add' || reading === 'keeps the others')
    ? { ...before, ...value }
    : value;

const changedSubAttribute = (holder: unknown, name: string, { op, value }: Edit): JsonObject => {
  const before = isObject(holder) ? holder : {};
  return op === 'remove' ? without(before, name) : { ...before, [name]: value };
};

/** Whether a list already has this value: a provider may have added sub-attributes to it. */
const isThere = (list: readonly unknown[], added: unknown): boolean =>
  list.some((value) =>
    isObject(value) && isObject(added)
      ? isAlike(added.value, value.value) && isAlike(added.type ?? value.type, value.type)
      : isAlike(added, value),
  );

const changedList = (before: readonly unknown[], path: PatchPath, edit: Edit): unknown[] => {
  const { op, value } = edit;
  const { selects, subAttribute } = path;
  if (selects === undefined && subAttribute === undefined) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    if (op === 'remove') return [];
    if (op === 'replace') return values;
    return [...before, ...values.filter((each) => !isThere(before, each))];
  }
  const isMeant = selects ?? (() => true);
  if (op === 'remove' && subAttribute === undefined) return before.filter((each) => !isMeant(each));
  return before.map((each) => {
    if (!isMeant(each)) return each;
    if (subAttribute !== undefined) return changedSubAttribute(each, subAttribute, edit);
    return op === 'replace' ? value : changedSingle(each, value, edit);
  });
};

/** The name that an attribute has in a resource: names have no letter case (RFC 7643 §2.1). */
const ownName = (holder: JsonObject, attribute: string): string =>
  Object.keys(holder).find((name) => name.toLowerCase() === attribute.toLowerCase()) ?? attribute;

const changedHolder = (holder: JsonObject, path: PatchPath, edit: Edit): JsonObject => {
  const { op, value } = edit;
  const { subAttribute, selects } = path;
  const attribute = ownName(holder, path.attribute);
  const before = holder[attribute];
  if (Array.isArray(before) || Array.isArray(value) || selects !== undefined) {
    const list = changedList(Array.isArray(before) ? before : [], path, edit);
    return list.length === 0 ? without(holder, attribute) : { ...holder, [attribute]: list };
  }
  if (subAttribute !== undefined) return { ...holder, [attribute]: changedSubAttribute(before, subAttribute, edit) };
  if (op === 'remove') return without(holder, attribute);
  const reading = edit.hasPath === true ? 'keeps the others' : edit.reading;
  return { ...holder, [attribute]: changedSingle(before, value, { op, reading }) };
};

/** An operation on what the path names. */
const appliedAt = (resource: JsonObject, path: string, edit: Edit): JsonObject | undefined => {
  const target = readPatchPath(path);
  if (target === undefined) return undefined;
  if (target.extension === undefined) return changedHolder(resource, target, edit);
  const holder = resource[target.extension];
  return { ...resource, [target.extension]: changedHolder(isObject(holder) ? holder : {}, target, edit) };
};

/** An operation without a path on one of its attributes, or on all of an extension. */
const appliedTo = (resource: JsonObject, name: string, edit: Edit): JsonObject | undefined =>
  name.startsWith('urn:')
    ? { ...resource, [name]: changedSingle(resource[name], edit.value, edit) }
    : appliedAt(resource, name, edit);

const applied = (resource: JsonObject, operation: unknown, reading: ReplaceReading): JsonObject | undefined => {
  if (!isObject(operation) || !isOp(operation.op)) return undefined;
  const { op, path, value } = operation;
  if (path === undefined) {
    if (!isObject(value)) return undefined;
    return Object.entries(value).reduce<JsonObject | undefined>(
      (changed, [name, member]) => changed && appliedTo(changed, name, { op, value: member, reading }),
      resource,
    );
  }
  return typeof path === 'string' ? appliedAt(resource, path, { op, value, reading, hasPath: true }) : undefined;
};

/** The resource after all operations; undefined if one of them is of a kind or form that this module does not know. */
export const patched = (
  resource: JsonObject,
  operations: readonly unknown[],
  reading: ReplaceReading = 'keeps the others',
): JsonObject | undefined =>
  operations.reduce<JsonObject | undefined>(
    (changed, operation) => changed && applied(changed, operation, reading),
    resource,
  );
