/**
 * An HTTP parser refuses some requests before any application sees them, and knows nothing about SCIM (profile §7,
 * clarification 3). All other errors are those of the application, or of an intermediary that the customer meets as well.
 */
import { percentDecoded } from '../trace/percent-decoded.js';
import type { Answered } from '../trace/trace.js';
import { leakedInternals } from './leaked-internals.js';

/** Statuses that only the layer of HTTP itself gives: target too long, fields too large, version not supported. */
const ofHttp: readonly number[] = [414, 431, 505];

/** Octets that some parsers do not accept in a path, even percent-encoded: U+0000, line breaks, slash, backslash, percent. */
const refusedOctets = /%(?:00|0a|0d|25|2f|5c)/i;

/** Some servers answer 404, and not 400, to a path with an encoded separator or U+0000 (Apache 2.4 does). */
const notFoundOctets = /%(?:00|2f|5c)/i;

/** Characters: some servers refuse a segment that is longer. */
const longest = 255;

/** Path and query, as they were sent. */
const targetOf = ({ request: { url } }: Answered): string => url.replace(/^https?:\/\/[^/?#]*/i, '');

/** Whether a parser may refuse this target, although it is a valid one (RFC 3986 §2.1). */
const isOdd = (target: string): boolean =>
  refusedOctets.test(target) ||
  percentDecoded(target) === undefined ||
  target.split(/[/?&]/).some(({ length }) => length > longest);

const isRefusedByParser = (status: number, target: string): boolean => {
  if (ofHttp.includes(status)) return true;
  return status === 400 ? isOdd(target) : status === 404 && notFoundOctets.test(target);
};

/**
 * Whether an HTTP parser below the application may have made this error: a 400 to an odd target, or a status of HTTP
 * itself. A body with a stack trace is from the application.
 */
export const isFromParser = (exchange: Answered): boolean => {
  const { response, request } = exchange;
  return (
    isRefusedByParser(response.status, targetOf(exchange)) &&
    leakedInternals(response.body, `${request.url} ${request.body ?? ''}`) === undefined
  );
};
