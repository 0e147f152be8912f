/** Lists resources: filter, and paging by index or cursor (RFC 7644 §3.4.2, RFC 9865). */
import { urn } from '../../schemas/names.js';
import { Pace, type Pause } from '../pace.js';
import { Problem } from '../problem.js';
import { lookupIn, type Lookup } from './attribute-path.js';
import { predicateOf, type FilterSeams, type Predicate } from './filter.js';
import { projectionOf, type Projection } from './projection.js';
import type { Json } from '../json.js';
import type { Stored } from '../stored.js';
import { pageOf, type CursorClock, type Paging } from './page.js';
import { metaOf, represent } from './representation.js';
import type { ResourceType } from './resource-type.js';

export interface Query extends Projection, Paging {
  readonly filter?: string | undefined;
}

/** The resources of one type that a query may find. */
export interface Candidates {
  readonly type: ResourceType;
  readonly resources: readonly Stored[];
}

const longestFilter = 2000;

/** No filter needs control characters, and line breaks make the parser take exponential time. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
export const controlCharacters = /[\u0000-\u001f\u007f]/;

const filterOf = (text: string, type: ResourceType, seams: FilterSeams): Predicate => {
  if (text.length > longestFilter || controlCharacters.test(text))
    throw new Problem(400, 'The filter is too long or holds control characters.', 'invalidFilter');
  return predicateOf(text, type, seams);
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

/** Reads members of a stored resource. `meta` is made only if a filter asks for it. */
const lookupOf = (stored: Stored, baseUrl: string): Lookup => {
  const attribute = lookupIn(stored.attributes);
  return (name) => (name === 'id' ? stored.id : name === 'meta' ? metaOf(stored, baseUrl) : attribute(name));
};

/**
 * Those that the filter matches, found with pauses. An attribute that the type does not have counts as unassigned (RFC 7644
 * §3.4.2.1), and so does one that the client must not see: a filter must not find it out.
 */
const matching = async (
  { type, resources }: Candidates,
  { filter }: Query,
  { baseUrl, seams, pause, seen }: ListContext,
): Promise<readonly Stored[]> => {
  if (filter === undefined) return resources;
  const matches = filterOf(filter, type, seams);
  const pace = new Pace(pause);
  const found: Stored[] = [];
  for (const [place, stored] of resources.entries()) {
    if (matches(lookupOf(seen(stored), baseUrl))) found.push(stored);
    const wait = pace.each(place);
    if (wait !== undefined) await wait;
  }
  return seams.listed(found, filter);
};

export interface ListContext {
  readonly baseUrl: string;
  readonly pause: Pause;
  /** A resource as the client may see it. */
  readonly seen: (stored: Stored) => Stored;
  readonly cursors: CursorClock;
  readonly seams: FilterSeams;
}

/** A ListResponse of those of the resources that the filter matches. */
export const listResponse = async (
  candidates: readonly Candidates[],
  query: Query,
  context: ListContext,
): Promise<Json> => {
  const { baseUrl, cursors, seen } = context;
  const found = (await Promise.all(candidates.map((each) => matching(each, query, context)))).flat();
  const projections = new Map(candidates.map(({ type }) => [type.name, projectionOf(type, query)]));
  const about = JSON.stringify([candidates.map(({ type }) => type.name), query.filter]);
  const { resources, numbers } = pageOf(found, query, about, cursors);
  return {
    schemas: [urn.listResponse],
    totalResults: found.length,
    ...numbers,
    Resources: resources.map((stored) => {
      const shown = represent(seen(stored), baseUrl);
      return projections.get(stored.type)?.(shown) ?? shown;
    }),
  };
};
