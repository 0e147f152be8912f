/** Lists resources: filter, and paging by index (RFC 7644 §3.4.2). */
import { filter as predicateOf, parse } from 'scim2-parse-filter';
import { urn } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import { isJson, represent, type Json, type Projection, type Stored } from './representation.js';

export interface Query extends Projection {
  readonly filter?: string | undefined;
  readonly startIndex?: string | undefined;
  readonly count?: string | undefined;
}

/** Most resources in one answer; `filter.maxResults` advertises it. */
export const maxResults = 1000;

const longestFilter = 2000;

/** Attributes whose values are compared as they are; all others without regard to case, as /Schemas says (RFC 7643 §2.2). */
const caseExact = new Set(['id', 'externalid', 'meta', 'schemas']);

/** A core attribute may be named with its schema (RFC 7644 §3.10); resources hold it without. */
const coreSchema = new RegExp(`^(?:${urn.user}|${urn.group}):`, 'i');

/** Control characters have no place in a filter, and line breaks cost the parser exponential time. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
export const controlCharacters = /[\u0000-\u001f\u007f]/;

const lowered = (value: unknown): unknown => {
  if (typeof value === 'string') return value.toLowerCase();
  if (Array.isArray(value)) return value.map(lowered);
  return isJson(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, lowered(member)]))
    : value;
};

/** A copy in which case-insensitive values are in lower case; the filter is treated likewise. */
const comparable = (resource: Json): Json =>
  Object.fromEntries(
    Object.entries(resource).map(([name, value]) => [name, caseExact.has(name.toLowerCase()) ? value : lowered(value)]),
  );

type Filter = ReturnType<typeof parse>;

const comparableFilter = (filter: Filter, inherited = false): Filter => {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { ...filter, filters: filter.filters.map((each) => comparableFilter(each, inherited)) };
    case 'not':
      return { ...filter, filter: comparableFilter(filter.filter, inherited) };
    case '[]':
      return {
        ...filter,
        attrPath: filter.attrPath.replace(coreSchema, ''),
        valFilter: comparableFilter(filter.valFilter, isCaseInsensitive(filter.attrPath)),
      };
    case 'pr':
      return { ...filter, attrPath: filter.attrPath.replace(coreSchema, '') };
    default:
      return {
        ...filter,
        attrPath: filter.attrPath.replace(coreSchema, ''),
        compValue:
          (inherited || isCaseInsensitive(filter.attrPath)) && typeof filter.compValue === 'string'
            ? filter.compValue.toLowerCase()
            : filter.compValue,
      };
  }
};

const isCaseInsensitive = (attrPath: string): boolean => {
  const path = attrPath.toLowerCase().startsWith('urn:') ? attrPath.slice(attrPath.lastIndexOf(':') + 1) : attrPath;
  return !caseExact.has(path.split('.')[0]?.toLowerCase() ?? '');
};

interface Matcher {
  /** A quick no, from the attributes as they are kept: false where the resource cannot match. */
  readonly mayMatch: (attributes: Json) => boolean;
  readonly matches: (resource: Json) => boolean;
}

/** `name eq "value"` of a core attribute is what clients ask for most, and can be told without a representation. */
const quickNo = (filter: Filter): Matcher['mayMatch'] => {
  if (filter.op !== 'eq' || typeof filter.compValue !== 'string' || !/^(userName|displayName)$/i.test(filter.attrPath))
    return () => true;
  const { attrPath, compValue } = filter;
  return (attributes) =>
    Object.entries(attributes).some(
      ([name, value]) =>
        name.toLowerCase() === attrPath.toLowerCase() && typeof value === 'string' && value.toLowerCase() === compValue,
    );
};

const matcherOf = (text: string | undefined): Matcher | undefined => {
  if (text === undefined) return undefined;
  const invalid = new Problem(400, 'The filter cannot be understood.', 'invalidFilter');
  if (text.length > longestFilter || controlCharacters.test(text)) throw invalid;
  try {
    const filter = comparableFilter(parse(text));
    const matches = predicateOf(filter);
    return {
      mayMatch: quickNo(filter),
      matches: (resource) => {
        try {
          return matches(comparable(resource));
        } catch {
          throw invalid;
        }
      },
    };
  } catch {
    throw invalid;
  }
};

const wholeNumber = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) throw new Problem(400, `${name} is a whole number.`, 'invalidValue');
  return Number(text);
};

/** A ListResponse. Values of startIndex below 1 mean 1, of count below 0 mean 0 (RFC 7644 §3.4.2.4). */
export const listResponse = (resources: readonly Stored[], query: Query, baseUrl: string): Json => {
  const matcher = matcherOf(query.filter);
  const found =
    matcher === undefined
      ? resources
      : resources.filter(
          (stored) => matcher.mayMatch(stored.attributes) && matcher.matches(represent(stored, baseUrl)),
        );
  const startIndex = Math.max(1, wholeNumber(query.startIndex, 'startIndex') ?? 1);
  const count = Math.min(maxResults, Math.max(0, wholeNumber(query.count, 'count') ?? maxResults));
  const page = found.slice(startIndex - 1, startIndex - 1 + count);
  return {
    schemas: [urn.listResponse],
    totalResults: found.length,
    startIndex,
    itemsPerPage: page.length,
    Resources: page.map((stored) => represent(stored, baseUrl, query)),
  };
};
