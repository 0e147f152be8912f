/** Filters on the values of a list, as they stand in the path of a PATCH (`valFilter`, RFC 7644 §3.4.2.2). */
import { allOf, anyOf, negated, truthOf, type Truth } from '../../filters/compare-values.js';
import type { Comparison, Filter } from '../../filters/filter.js';
import { parseFilter } from '../../filters/parse-filter.js';
import { isAlike, isPresent, normal } from '../../trace/alike.js';
import { atPath, type JsonObject } from '../../trace/message.js';

export interface ReadFilter {
  /** Whether a value matches; `open` if this depends on an attribute that the value does not show. */
  readonly matches: (value: JsonObject) => Truth;
  /** The value that a filter of a single `eq` describes; undefined for any other filter. */
  readonly example: JsonObject | undefined;
}

type Compare = (shown: string, wanted: string) => boolean;

const textual: Readonly<Partial<Record<Comparison['operator'], Compare>>> = {
  co: (shown, wanted) => shown.includes(wanted),
  sw: (shown, wanted) => shown.startsWith(wanted),
  ew: (shown, wanted) => shown.endsWith(wanted),
};

/** A value without `primary` is not the primary one (RFC 7643 §2.4). */
const shownAt = (value: JsonObject, name: string): unknown => {
  const shown = atPath(value, name);
  return name.toLowerCase() === 'primary' && !isPresent(shown) ? false : shown;
};

const comparison = ({ path, operator, value: wanted }: Comparison, value: JsonObject): Truth => {
  const shown = shownAt(value, path);
  if (!isPresent(shown)) return 'open';
  if (operator === 'eq') return truthOf(isAlike(wanted, shown));
  if (operator === 'ne') return truthOf(!isAlike(wanted, shown));
  const test = textual[operator];
  if (test === undefined || typeof shown !== 'string' || typeof wanted !== 'string') return 'open';
  return truthOf(test(normal(shown), normal(wanted)));
};

const truthIn = (filter: Filter, value: JsonObject): Truth => {
  switch (filter.kind) {
    case 'compare':
      return comparison(filter, value);
    case 'present':
      return truthOf(isPresent(atPath(value, filter.path)));
    case 'not':
      return negated(truthIn(filter.part, value));
    case 'and':
      return allOf(filter.parts.map((part) => truthIn(part, value)));
    case 'or':
      return anyOf(filter.parts.map((part) => truthIn(part, value)));
    case 'value path':
      // A value of a list has no lists in it (RFC 7643 §2.3.8).
      return 'open';
  }
};

/** Undefined if the text is no filter. */
export const readValueFilter = (text: string): ReadFilter | undefined => {
  const filter = parseFilter(text);
  if (filter === undefined) return undefined;
  return {
    matches: (value) => truthIn(filter, value),
    example: filter.kind === 'compare' && filter.operator === 'eq' ? { [filter.path]: filter.value } : undefined,
  };
};
