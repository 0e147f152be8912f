/** Finds the URLs of resources: by their names on the target, or in an answer of the target. */
import type { Purpose } from '../../schemas/types.js';
import { pathSegment, resolveLocation } from '../bindings/locations.js';
import { asOwnName } from '../leftovers/ownership.js';
import { namedBy, namedWhere, type Endpoint } from '../leftovers/cleanup.js';
import { responseHeader, responseObject } from '../trace/message.js';
import { succeeded } from '../trace/answers.js';
import { countFound } from '../trace/searches.js';
import { isAnswered, type Answered } from '../trace/trace.js';
import type { WatchedSession } from './observe/watched-session.js';

export interface Wanted {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly purpose: Purpose;
}

/**
 * URLs of the resources with this name, found with a filter or, if no filter is advertised, by reading the list;
 * undefined if neither works. The client that created the resource asks for it.
 */
export const findByName = async (
  { context: { facts, cleanup }, attempt }: WatchedSession,
  { name, endpoint, purpose }: Wanted,
): Promise<readonly string[] | undefined> => {
  const filter = encodeURIComponent(`${namedBy[endpoint]} eq "${name}"`);
  const query = facts.capabilities.filter ? `filter=${filter}` : 'startIndex=1&count=1000';
  const credential = cleanup.creators.of(name);
  const answer = await attempt({ method: 'GET', url: `/${endpoint}?${query}`, purpose, subject: name, credential });
  const isWanted = (found: string): boolean => found === asOwnName(name);
  return isAnswered(answer) && countFound(answer) !== undefined
    ? namedWhere(answer, endpoint, isWanted, `${facts.baseUrl}/${endpoint}`)
    : undefined;
};

/**
 * A Location of a created resource as a URL under that of the request: the provider may name another host of its own, and
 * CORE-02 judges that. Any other Location is returned as it is.
 */
const underRequest = (location: string, requestUrl: string): string => {
  const collection = new URL(requestUrl).pathname;
  const { pathname } = new URL(location);
  const endpoint = collection.slice(collection.lastIndexOf('/'));
  const [, own] = pathname.split(`${endpoint}/`).length === 2 ? pathname.split(`${endpoint}/`) : [];
  return own === undefined || own === '' || own.includes('/') ? location : `${requestUrl}/${own}`;
};

/**
 * URL of the resource that a request created: its id under the request's URL, or the Location of the answer. A 202 has
 * created nothing yet, and its Location may lead to something else.
 */
export const createdUrl = (answer: Answered): string | undefined => {
  if (!succeeded(answer) || answer.response.status === 202) return undefined;
  const id = responseObject(answer)?.id;
  if (typeof id === 'string' && id !== '') return `${answer.request.url}/${pathSegment(id)}`;
  const location = responseHeader(answer, 'location');
  const url = location === undefined ? undefined : resolveLocation(location, answer.request.url);
  return url === undefined ? undefined : underRequest(url, answer.request.url);
};

/** The path of that resource under the base URL; undefined if it is elsewhere. */
export const createdPath = (answer: Answered, baseUrl: string): string | undefined => {
  const url = createdUrl(answer);
  return url?.startsWith(`${baseUrl}/`) === true ? url.slice(baseUrl.length) : undefined;
};
