/** Parses the path of a PATCH operation (RFC 7644 §3.5.2, figure 7). */
import { Problem } from '../problem.js';
import type { AttributePath } from './attribute-path.js';
import type { Attribute } from './attributes.js';
import { valueFilterOf, type ValueFilter } from './filter.js';
import { controlCharacters } from './query.js';
import { attributesOf, type ResourceType } from './resource-type.js';

export interface Step {
  readonly attribute: Attribute;
  /** Selects values of a list; undefined: all. */
  readonly filter?: ValueFilter | undefined;
}

/** The attributes on the way from the resource to the target. */
export interface Target {
  readonly first: Step;
  readonly rest: readonly Step[];
}

/** Longest path in characters. Parsing takes quadratic time at worst. */
const longestPath = 500;

const attributePath = /^([A-Za-z$][\w$-]*)(?:\[(.+)\])?(?:\.([A-Za-z$][\w$-]*))?$/;

/** Attributes that only the provider writes (RFC 7643 §3.1, §4.1.2). */
const readOnly = new Set(['id', 'meta', 'groups']);

const invalid = (): Problem => new Problem(400, 'The path names no attribute of this resource type.', 'invalidPath');

const find = (attributes: readonly Attribute[], name: string): Attribute => {
  const attribute = attributes.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (attribute === undefined) throw invalid();
  if (attribute.mutability === 'readOnly') throw new Problem(400, `${attribute.name} is read-only.`, 'mutability');
  return attribute;
};

const subAttributesOf = (attribute: Attribute): readonly Attribute[] =>
  attribute.type === 'complex' ? attribute.subAttributes : [];

/** Parses an attribute, an optional filter and an optional sub-attribute. `outer` are the attributes around it. */
const readSteps = (
  type: ResourceType,
  attributes: readonly Attribute[],
  path: string,
  outer: AttributePath = [],
): Target => {
  const [, name, filter, subName] = attributePath.exec(path) ?? [];
  if (name === undefined) throw invalid();
  const attribute = find(attributes, name);
  const subAttributes = subAttributesOf(attribute);
  if (filter !== undefined && (attribute.multiValued !== true || subAttributes.length === 0)) throw invalid();
  const within = [...outer, attribute.name.toLowerCase()];
  return {
    first: {
      attribute,
      filter: filter === undefined ? undefined : valueFilterOf(filter, type, within, subAttributes),
    },
    rest: subName === undefined ? [] : [{ attribute: find(subAttributes, subName) }],
  };
};

/** The rest of a path after the URN of a schema; undefined if the path does not begin with the URN. */
const after = (urn: string, path: string): string | undefined =>
  path.toLowerCase().startsWith(`${urn.toLowerCase()}:`) ? path.slice(urn.length + 1) : undefined;

/** Throws a Problem of 400 if there is no such attribute, or if clients may not write it. */
export const readPath = (type: ResourceType, path: string): Target => {
  if (path.length > longestPath || controlCharacters.test(path)) throw invalid();
  const attributes = attributesOf(type);
  for (const { schema } of type.extensions) {
    const within = after(schema, path);
    if (within === undefined && path.toLowerCase() !== schema.toLowerCase()) continue;
    const extension = find(attributes, schema);
    if (within === undefined) return { first: { attribute: extension }, rest: [] };
    const { first, rest } = readSteps(type, subAttributesOf(extension), within, [schema.toLowerCase()]);
    return { first: { attribute: extension }, rest: [first, ...rest] };
  }
  const core = after(type.schema, path) ?? path;
  const [name = ''] = /^\w*/.exec(core) ?? [];
  if (readOnly.has(name.toLowerCase())) throw new Problem(400, `${name} is read-only.`, 'mutability');
  return readSteps(type, attributes, core);
};
