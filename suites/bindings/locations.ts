/** Where the Locations of answers lead. */

/** Resolves a Location against the request's URL (RFC 9110 §10.2.2); undefined where it is no URL reference. */
export const resolveLocation = (reference: string, requestUrl: string): string | undefined =>
  URL.canParse(reference, requestUrl) ? new URL(reference, requestUrl).href : undefined;

/** An id as a segment of a path. What is no Unicode text has no UTF-8, and so no percent-encoding either. */
export const pathSegment = (id: string): string => encodeURIComponent(id.toWellFormed());

/** Characters that a URI reference may have (RFC 3986 §2): a URL parser takes more. */
export const uriReference = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/;
