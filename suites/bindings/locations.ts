/** Providers send Locations in several forms; all parts of the suite have to read them in the same way. */
import { percentDecoded } from '../trace/percent-decoded.js';

/** Matches absolute URLs that a URL parser would not change: most Locations are such, and need not be parsed. */
const isPlain =
  /^https?:\/\/(?:127\.0\.0\.1|(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)*[a-z]+)(?::(?!80\/|443\/)(?:[1-9]\d{0,3}|[1-5]\d{4}))?\/[\w\-~/]*$/;

/** Resolves a Location against the URL of the request (RFC 9110 §10.2.2); undefined if it is not a URL reference. */
export const resolveLocation = (reference: string, requestUrl: string): string | undefined => {
  if (isPlain.test(reference)) return reference;
  return URL.canParse(reference, requestUrl) ? new URL(reference, requestUrl).href : undefined;
};

/** An id as a path segment. Lone surrogates are replaced first, because they cannot be percent-encoded. */
export const pathSegment = (id: string): string => encodeURIComponent(id.toWellFormed());

/** The last segment of a location's path, decoded where it can be: the id of a resource, on most providers. */
export const lastSegment = (location: string): string => {
  const segment = location.split('/').at(-1) ?? '';
  return percentDecoded(segment) ?? segment;
};

/** Characters that are allowed in a URI reference (RFC 3986 §2); a URL parser accepts more. */
export const uriReference = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/;
