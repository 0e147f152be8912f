/** Searches a target for the resources that a run created, and reads who a resource belongs to, for the cleanup. */
import type { Exchange } from '../../schemas/types.js';
import { responseObject } from '../trace/message.js';
import { isCut } from '../trace/answers.js';
import type { CleaningSession } from './cleaning-session.js';
import type { Listing } from './cleanup-client.js';
import type { Client } from './creators.js';
import { namedBy, namedWhere, type Endpoint } from './cleanup.js';
import { markOf, sightingOf, type Sighting } from './ownership.js';

/** At most so many pages of a list are read. */
const mostPages = 50;

export interface Wanted {
  readonly endpoint: Endpoint;
  /** By a filter if absent. */
  readonly how?: 'by filter' | 'by reading all';
  /** The client that asks; the first one if absent. */
  readonly client?: Client;
}

/**
 * Lists the resources that carry the mark of the run, page by page; undefined if they cannot be listed. A target that
 * advertises no filter can only be searched by reading all of its resources.
 */
export const listOwn = async (
  session: CleaningSession,
  run: string,
  { endpoint, how = 'by filter', client: credential = 'primary' }: Wanted,
): Promise<Listing | undefined> => {
  const { capabilities, baseUrl } = session.facts;
  if (how === 'by filter' && !capabilities.filter) return undefined;
  const mark = markOf(run);
  const filter = encodeURIComponent(`${namedBy[endpoint]} sw "${mark}"`);
  const urls = new Set<string>();
  let seen = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const query = how === 'by filter' ? `filter=${filter}&startIndex=${seen + 1}` : `startIndex=${seen + 1}&count=200`;
    const answer = await session.attempt({
      method: 'GET',
      url: `/${endpoint}?${query}`,
      purpose: 'cleanup',
      credential,
    });
    if (answer.response?.status !== 200 || answer.response.truncated) return undefined;
    namedWhere(answer, endpoint, (name) => name.startsWith(mark), `${baseUrl}/${endpoint}`).forEach((each) =>
      urls.add(each),
    );
    const { totalResults: total, Resources: resources } = responseObject(answer) ?? {};
    const length = Array.isArray(resources) ? resources.length : 0;
    seen += length;
    const isWhole = typeof total !== 'number' || seen >= total;
    if (isWhole || length === 0) return { urls: [...urls], isWhole };
  }
  return { urls: [...urls], isWhole: false };
};

/** As `listOwn`, with what each of these clients sees; undefined if one of them cannot list. */
export const listOwnOf = async (
  session: CleaningSession,
  run: string,
  { clients, ...wanted }: Omit<Wanted, 'client'> & { readonly clients: readonly Client[] },
): Promise<Listing | undefined> => {
  const listings: Listing[] = [];
  for (const client of clients) {
    const listing = await listOwn(session, run, { ...wanted, client });
    if (listing === undefined) return undefined;
    listings.push(listing);
  }
  const urls = new Set(listings.flatMap((listing) => listing.urls));
  return { urls: [...urls], isWhole: listings.every(({ isWhole }) => isWhole) };
};

/** Reads the resource at a URL, to see whether the run created it. */
export const findOwner = async (
  session: CleaningSession,
  run: string,
  url: string,
  credential: Client = 'primary',
): Promise<Sighting> => {
  const read = async (query: string): Promise<Exchange> =>
    session.attempt({ method: 'GET', url: `${url}${query}`, purpose: 'cleanup', credential });
  const answer = await read('');
  // A resource that is too long is read again with only its name (RFC 7644 §3.9).
  const isLong = isCut(answer) && !url.includes('?');
  const attributes = url.includes('/Groups/') ? namedBy.Groups : namedBy.Users;
  return sightingOf(isLong ? await read(`?attributes=${attributes}`) : answer, run);
};
