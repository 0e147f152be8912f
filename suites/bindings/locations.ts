/** Where the Locations of answers lead. */

/** An absolute URL that a URL parser leaves as it is, as far as that is easily seen: nearly all that a provider sends. */
const isPlain =
  /^https?:\/\/(?:127\.0\.0\.1|(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)*[a-z]+)(?::(?!80\/|443\/)(?:[1-9]\d{0,3}|[1-5]\d{4}))?\/[\w\-~/]*$/;

/** Resolves a Location against the request's URL (RFC 9110 §10.2.2); undefined where it is no URL reference. */
export const resolveLocation = (reference: string, requestUrl: string): string | undefined => {
  if (isPlain.test(reference)) return reference;
  return URL.canParse(reference, requestUrl) ? new URL(reference, requestUrl).href : undefined;
};

/** An id as a segment of a path. What is no Unicode text has no UTF-8, and so no percent-encoding either. */
export const pathSegment = (id: string): string => encodeURIComponent(id.toWellFormed());

/** Characters that a URI reference may have (RFC 3986 §2): a URL parser takes more. */
export const uriReference = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/;
