/**
 * Filters (RFC 7644 §3.4.2.2, figure 1; `valFilter` as erratum 7322 has it):
 *
 *     FILTER    = attrExp / logExp / valuePath / *1"not" "(" FILTER ")"
 *     valuePath = attrPath "[" valFilter "]"
 *     valFilter = attrExp / valLogExp / *1"not" "(" valFilter ")"
 *     valLogExp = valFilter SP ("and" / "or") SP valFilter
 *     attrExp   = (attrPath SP "pr") / (attrPath SP compareOp SP compValue)
 *     logExp    = FILTER SP ("and" / "or") SP FILTER
 *     compValue = false / null / true / number / string      ; rules from JSON (RFC 7159)
 *     compareOp = "eq" / "ne" / "co" / "sw" / "ew" / "gt" / "lt" / "ge" / "le"
 *     attrPath  = [URI ":"] ATTRNAME *1subAttr
 *     ATTRNAME  = ALPHA *(nameChar)
 *     nameChar  = "-" / "_" / DIGIT / ALPHA
 *     subAttr   = "." ATTRNAME
 *
 * The package `scim2-parse-filter` parses; this module reads the literals and evaluates the filter.
 */
import { parse, type Filter } from 'scim2-parse-filter';
import { Problem } from '../problem.js';
import { attributePath, comparedAt, elementsAt, lookupIn, type AttributePath, type Lookup } from './attribute-path.js';
import { comparisonWith, valueKindOf } from './comparison.js';
import type { Attribute } from './attributes.js';
import { isJson, type Json } from '../json.js';
import type { ResourceType } from './resource-type.js';
import type { Stored } from '../stored.js';

/** Applies to a resource or to one value of a complex attribute. */
export type Predicate = (lookup: Lookup) => boolean;

const notUnderstood = (): Problem => new Problem(400, 'The filter cannot be understood.', 'invalidFilter');

/**
 * The package mishandles escapes in strings and negative numbers, so each literal is replaced by its index in a list.
 */
const literal = /(?<=\s)(?:"(?:[^"\\]|\\.)*"|-?\d[-+.\deE]*)(?=[\s)\]]|$)/g;

/**
 * Syntax that the package accepts against the grammar: a sub-attribute after a value path, and `not` without
 * parentheses.
 */
const beyondGrammar = /\]\.|(?<![^\s([])not\s+[^\s(]/i;

const attrPath = /^(?:urn:[^\s[\]()]+:)?[a-z][-\w]*(?:\.[a-z][-\w]*)?$/i;

/** The points at which faults change how lists are filtered. */
export interface FilterSeams {
  /** Returns the syntax tree that is evaluated. */
  readonly arrangeFilter: (filter: Filter) => Filter;
  readonly comparisonWith: typeof comparisonWith;
  /** Returns the resources that are listed, from those that the filter with this text matches. */
  readonly listed: (found: readonly Stored[], filter: string) => readonly Stored[];
}

export const honestFilterSeams: FilterSeams = {
  arrangeFilter: (filter) => filter,
  comparisonWith,
  listed: (found) => found,
};

interface Scope {
  readonly type: ResourceType;
  readonly seams: FilterSeams;
  /** The attribute whose values are tested one by one; empty for the resource itself. */
  readonly within: AttributePath;
  /** The only sub-attributes that may be used; undefined: any. */
  readonly names?: readonly string[];
  readonly literals: readonly unknown[];
}

const pathOf = (text: string, { type, within, names }: Scope): AttributePath => {
  if (!attrPath.test(text)) throw notUnderstood();
  if (within.length === 0) return attributePath(type, text);
  const name = text.toLowerCase();
  if (names?.includes(name) === false) throw notUnderstood();
  return name.split('.');
};

/** The literal with this index. */
const valueOf = (compValue: unknown, { literals }: Scope): unknown => {
  // A string that was not replaced stands where the grammar allows none.
  if (typeof compValue === 'string') throw notUnderstood();
  return typeof compValue === 'number' ? literals[compValue] : compValue;
};

const isPresent = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(isPresent);
  return isJson(value) ? Object.values(value).some(isPresent) : value !== undefined && value !== null && value !== '';
};

const compile = (filter: Filter, scope: Scope): Predicate => {
  switch (filter.op) {
    case 'and': {
      const parts = filter.filters.map((each) => compile(each, scope));
      return (lookup) => parts.every((part) => part(lookup));
    }
    case 'or': {
      const parts = filter.filters.map((each) => compile(each, scope));
      return (lookup) => parts.some((part) => part(lookup));
    }
    case 'not': {
      const part = compile(filter.filter, scope);
      return (lookup) => !part(lookup);
    }
    case '[]': {
      if (scope.within.length > 0) throw notUnderstood();
      const path = pathOf(filter.attrPath, scope);
      // A single value has to satisfy the whole filter in brackets.
      const part = compile(filter.valFilter, { ...scope, within: path });
      return (lookup) => elementsAt(lookup, path).some((value) => isJson(value) && part(lookupIn(value)));
    }
    case 'pr': {
      const path = pathOf(filter.attrPath, scope);
      return (lookup) => elementsAt(lookup, path).some(isPresent);
    }
    default: {
      const path = pathOf(filter.attrPath, scope);
      const expected = valueOf(filter.compValue, scope);
      const kind = valueKindOf(scope.type, [...scope.within, ...path]);
      const isMatch = scope.seams.comparisonWith(filter.op, expected, kind);
      // It is enough if one of several values matches.
      return (lookup) => comparedAt(lookup, path).some(isMatch);
    }
  }
};

/** The syntax tree of the package, and the list of literals. Throws a Problem of 400. */
const parsed = (text: string): { readonly filter: Filter; readonly literals: readonly unknown[] } => {
  const literals: unknown[] = [];
  try {
    const bare = text.replace(literal, (found) => String(literals.push(JSON.parse(found)) - 1));
    if (beyondGrammar.test(bare)) throw notUnderstood();
    return { filter: parse(bare), literals };
  } catch {
    throw notUnderstood();
  }
};

/** The filter as a predicate on resources of the type. Throws a Problem of 400 (invalidFilter). */
export const predicateOf = (text: string, type: ResourceType, seams = honestFilterSeams): Predicate => {
  const { filter, literals } = parsed(text);
  return compile(seams.arrangeFilter(filter), { type, seams, within: [], literals });
};

/** The filter of a PATCH path, which selects values of a list. */
export interface ValueFilter {
  readonly matches: (item: unknown) => boolean;
  /** If the filter is a single `eq`, the sub-attribute and value that it asks for. */
  readonly example: Json | undefined;
  /** What matches is equal to one of these, perhaps but for letter case; undefined: it may be anything. */
  readonly terms: readonly EqualTerm[] | undefined;
}

/** A sub-attribute, with the name of the schema, and a value of it that is not null. */
export interface EqualTerm {
  readonly name: string;
  readonly value: unknown;
}

const termsOf = (
  filter: Filter,
  termOf: (name: string, compValue: unknown) => EqualTerm | undefined,
): readonly EqualTerm[] | undefined => {
  switch (filter.op) {
    case 'eq': {
      const term = termOf(filter.attrPath, filter.compValue);
      return term && [term];
    }
    case 'and':
      return filter.filters.map((each) => termsOf(each, termOf)).find((terms) => terms !== undefined);
    case 'or': {
      const parts = filter.filters.map((each) => termsOf(each, termOf));
      return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
    }
    default:
      return undefined;
  }
};

/**
 * Reads the filter in brackets of a PATCH path (RFC 7644 §3.5.2, figure 7). It selects values of the attribute at
 * `within` and may use the given sub-attributes only. Throws a Problem of 400 (invalidFilter).
 */
export const valueFilterOf = (
  text: string,
  type: ResourceType,
  within: AttributePath,
  subAttributes: readonly Attribute[],
): ValueFilter => {
  const { filter, literals } = parsed(text);
  const names = subAttributes.map(({ name }) => name.toLowerCase());
  const scope: Scope = { type, seams: honestFilterSeams, within, names, literals };
  const predicate = compile(filter, scope);
  const named = 'attrPath' in filter ? subAttributes[names.indexOf(filter.attrPath.toLowerCase())] : undefined;
  const termOf = (name: string, compValue: unknown): EqualTerm | undefined => {
    const attribute = subAttributes[names.indexOf(name.toLowerCase())];
    const value = valueOf(compValue, scope);
    return attribute === undefined || value === null ? undefined : { name: attribute.name, value };
  };
  return {
    matches: (item) => isJson(item) && predicate(lookupIn(item)),
    example: filter.op === 'eq' && named !== undefined ? { [named.name]: valueOf(filter.compValue, scope) } : undefined,
    terms: termsOf(filter, termOf),
  };
};
