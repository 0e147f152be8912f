/**
 * Recognises answers that a proxy, gateway or web server made instead of the provider. They count as answers of the target,
 * because its clients get them, too (profile 1.1, changed clarification 9). But they are mended elsewhere.
 */
import type { Exchange } from '../../schemas/types.js';
import { clip, limits } from './clipping.js';
import { responseHeader, responseMediaType } from './message.js';

/** Fields in which an intermediary names itself (RFC 9110 §10.2.4, §7.6.3). */
const fields = ['Server', 'Via'];

/** Whether an answer is an HTML page. */
export const isPage = (exchange: Exchange): boolean =>
  responseMediaType(exchange) === 'text/html' ||
  /^\s*<(?:!doctype|html|head|body)\b/i.test(exchange.response?.body ?? '');

/** The fields in which the server of this answer names itself, such as « (Server: nginx)»; empty if there are none. */
export const namesOfServer = (exchange: Exchange): string => {
  const names = fields.flatMap((name) => {
    const value = responseHeader(exchange, name);
    return value === undefined ? [] : [`${name}: ${clip(value, limits.name)}`];
  });
  return names.length === 0 ? '' : ` (${names.join('; ')})`;
};

/** What to do about an error that an intermediary made, as sentences; undefined if the answer is no such error. */
export const adviceOnIntermediary = (exchange: Exchange): string | undefined =>
  (exchange.response?.status ?? 0) < 400 || !isPage(exchange)
    ? undefined
    : `This error is an HTML page${namesOfServer(exchange)}. It seems to come from a proxy, a gateway or a web server before the provider, so look there first: at its limits and its error pages.`;
