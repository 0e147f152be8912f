/** The filter in brackets of a PATCH path: which values of a list it means (RFC 7644 §3.5.2, figure 7). */
import { filter as predicateOf, parse, type Filter } from 'scim2-parse-filter';
import { Problem } from '../problem.js';
import type { Attribute } from './attributes.js';
import { isJson, type Json } from './representation.js';

export interface ValueFilter {
  readonly matches: (item: unknown) => boolean;
  /** What a value needs to match, where the filter is a single `eq`. */
  readonly example: Json | undefined;
}

const invalid = (): Problem => new Problem(400, 'The filter of the path cannot be understood.', 'invalidFilter');

/** RFC 7643 §2.2: values are compared without regard to case, unless the schema says otherwise. */
const comparable = <T>({ caseExact }: Attribute, value: T): T | string =>
  typeof value === 'string' && caseExact !== true ? value.toLowerCase() : value;

/** Reads the filter for values with these sub-attributes. Throws a Problem of 400. */
export const readValueFilter = (text: string, subAttributes: readonly Attribute[]): ValueFilter => {
  const attributeOf = (path: string): Attribute => {
    const attribute = subAttributes.find(({ name }) => name.toLowerCase() === path.toLowerCase());
    if (attribute === undefined) throw invalid();
    return attribute;
  };
  const prepared = (filter: Filter): Filter => {
    switch (filter.op) {
      case 'and':
      case 'or':
        return { ...filter, filters: filter.filters.map(prepared) };
      case 'not':
        return { ...filter, filter: prepared(filter.filter) };
      case '[]':
        throw invalid();
      case 'pr':
        return { ...filter, attrPath: attributeOf(filter.attrPath).name };
      default: {
        const attribute = attributeOf(filter.attrPath);
        return { ...filter, attrPath: attribute.name, compValue: comparable(attribute, filter.compValue) };
      }
    }
  };
  try {
    const filter = parse(text);
    const matches = predicateOf(prepared(filter));
    return {
      matches: (item) =>
        isJson(item) &&
        matches(
          Object.fromEntries(
            subAttributes
              .filter(({ name }) => name in item)
              .map((attribute) => [attribute.name, comparable(attribute, item[attribute.name])]),
          ),
        ),
      example: filter.op === 'eq' ? { [attributeOf(filter.attrPath).name]: filter.compValue } : undefined,
    };
  } catch {
    throw invalid();
  }
};
