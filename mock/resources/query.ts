/** Lists resources: filter, and paging by index (RFC 7644 §3.4.2). */
import { urn } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import { lookupIn, type Lookup } from './attribute-path.js';
import { predicateOf, type Predicate } from './filter.js';
import { projectionOf, type Projection } from './projection.js';
import type { Json } from '../json.js';
import type { Stored } from '../stored.js';
import { metaOf, represent } from './representation.js';
import type { ResourceType } from './resource-type.js';

export interface Query extends Projection {
  readonly filter?: string | undefined;
  readonly startIndex?: string | undefined;
  readonly count?: string | undefined;
}

/** Largest number of resources in an answer; advertised as `filter.maxResults`. */
export const maxResults = 1000;

const longestFilter = 2000;

/** No filter needs control characters, and line breaks make the parser take exponential time. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
export const controlCharacters = /[\u0000-\u001f\u007f]/;

const filterOf = (text: string, type: ResourceType): Predicate => {
  if (text.length > longestFilter || controlCharacters.test(text))
    throw new Problem(400, 'The filter is too long or holds control characters.', 'invalidFilter');
  return predicateOf(text, type);
};

const nameFilter = /^userName\s+eq\s+("(?:[^"\\]|\\.)*")$/i;

/**
 * The userName that a filter asks for, if it asks for nothing else. Most searches are of this kind, and the store finds a
 * name without a look at every user.
 */
export const userNameIn = ({ filter = '' }: Query): string | undefined => {
  const [, text] = nameFilter.exec(filter) ?? [];
  try {
    return text === undefined ? undefined : String(JSON.parse(text));
  } catch {
    return undefined;
  }
};

const wholeNumber = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) throw new Problem(400, `${name} is a whole number.`, 'invalidValue');
  return Number(text);
};

/** Reads members of a stored resource. `meta` is made only if a filter asks for it. */
const lookupOf = (stored: Stored, baseUrl: string): Lookup => {
  const attribute = lookupIn(stored.attributes);
  return (name) => (name === 'id' ? stored.id : name === 'meta' ? metaOf(stored, baseUrl) : attribute(name));
};

/** A ListResponse of those of the resources that the filter matches. Values of startIndex below 1 mean 1, of count below 0 mean 0 (RFC 7644 §3.4.2.4). */
export const listResponse = (type: ResourceType, resources: readonly Stored[], query: Query, baseUrl: string): Json => {
  const matches = query.filter === undefined ? undefined : filterOf(query.filter, type);
  const found = matches === undefined ? resources : resources.filter((stored) => matches(lookupOf(stored, baseUrl)));
  const startIndex = Math.max(1, wholeNumber(query.startIndex, 'startIndex') ?? 1);
  const count = Math.min(maxResults, Math.max(0, wholeNumber(query.count, 'count') ?? maxResults));
  const page = found.slice(startIndex - 1, startIndex - 1 + count);
  const project = projectionOf(type, query);
  return {
    schemas: [urn.listResponse],
    totalResults: found.length,
    startIndex,
    itemsPerPage: page.length,
    Resources: page.map((stored) => project(represent(stored, baseUrl))),
  };
};
