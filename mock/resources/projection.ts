/** The query parameters `attributes` and `excludedAttributes` (RFC 7644 §3.9). */
import { attributePath } from './attribute-path.js';
import { isJson, type Json } from '../json.js';
import type { ResourceType } from './resource-type.js';

export interface Projection {
  /** Names separated by commas; only these are shown. */
  readonly attributes?: string | undefined;
  /** Names separated by commas; these are not shown. */
  readonly excludedAttributes?: string | undefined;
}

/** Attribute names in lower case, each with `all` or with some of its sub-attributes. */
type Named = Map<string, 'all' | Named>;

const namedIn = (list: string | undefined, type: ResourceType): Named | undefined => {
  if (list === undefined || list === '') return undefined;
  const named: Named = new Map();
  for (const text of list.split(',')) {
    const path = attributePath(type, text.trim());
    let level = named;
    for (const [depth, name] of path.entries()) {
      const before = level.get(name);
      if (before === 'all') break;
      if (depth === path.length - 1) level.set(name, 'all');
      else {
        const deeper = before ?? new Map<string, 'all' | Named>();
        level.set(name, deeper);
        level = deeper;
      }
    }
  }
  return named;
};

/** An attribute without remaining sub-attributes is unassigned (RFC 7643 §2.5). */
const isEmpty = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) ? value.length === 0 : isJson(value) && Object.keys(value).length === 0);

const cut = (value: unknown, named: Named, shown: 'named' | 'others'): unknown => {
  if (Array.isArray(value)) return value.map((each) => cut(each, named, shown)).filter((each) => !isEmpty(each));
  if (isJson(value)) return cutObject(value, named, shown);
  // A simple value has no sub-attributes.
  return shown === 'others' ? value : undefined;
};

const cutObject = (value: Json, named: Named, shown: 'named' | 'others'): Json =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
      const part = named.get(name.toLowerCase());
      if (part === undefined) return shown === 'others' ? [[name, member]] : [];
      if (part === 'all') return shown === 'named' ? [[name, member]] : [];
      const rest = cut(member, part, shown);
      return isEmpty(rest) ? [] : [[name, rest]];
    }),
  );

/** Always shown (RFC 7643 §3, §3.1). `meta` is not among them: it can be excluded. */
const always = ['schemas', 'id'];

/** A function that reduces a representation to what the client asks for. */
export const projectionOf = (
  type: ResourceType,
  { attributes, excludedAttributes }: Projection,
): ((resource: Json) => Json) => {
  const wanted = namedIn(attributes, type);
  const unwanted = namedIn(excludedAttributes, type);
  for (const name of always) {
    wanted?.set(name, 'all');
    unwanted?.delete(name);
  }
  return (resource) => {
    const some = wanted === undefined ? resource : cutObject(resource, wanted, 'named');
    return unwanted === undefined ? some : cutObject(some, unwanted, 'others');
  };
};
