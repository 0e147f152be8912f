/** What the rules of a profile file see of an exchange: plain values, as docs/overlays.md describes them. */
import type { HeaderList } from '../../../schemas/types.js';
import { headerValue, requestJson, responseJson } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/** Path relative to the base URL, and the query; without a path if the URL is not below the base URL. */
export const placeUnder = (baseUrl: string, url: string): { readonly path?: string; readonly query?: string } => {
  const [before = '', ...rest] = (url.split('#')[0] ?? '').split('?');
  const query = rest.length === 0 ? {} : { query: rest.join('?') };
  return before.startsWith(`${baseUrl}/`) ? { path: before.slice(baseUrl.length), ...query } : query;
};

/** Names in small letters; several fields of one name are joined by commas (RFC 9110 §5.3). */
const fieldsOf = (headers: HeaderList): Record<string, string> =>
  Object.fromEntries(headers.map(([name]) => [name.toLowerCase(), headerValue(headers, name) ?? '']));

/** The JSON value, or the text of a body that is no JSON. */
const bodyOf = (json: unknown, text: string | undefined): { readonly body?: unknown } => {
  if (json !== undefined) return { body: json };
  return text === undefined || text === '' ? {} : { body: text };
};

/** Times are milliseconds, from the start of the run. */
export const messageOf = (exchange: Answered, baseUrl: string) => {
  const { request, response, at, took } = exchange;
  return {
    at,
    took,
    request: {
      method: request.method,
      path: request.url,
      ...placeUnder(baseUrl, request.url),
      headers: fieldsOf(request.headers),
      ...bodyOf(requestJson(exchange), request.body),
    },
    response: {
      status: response.status,
      headers: fieldsOf(response.headers),
      ...bodyOf(responseJson(exchange), response.body),
    },
  };
};
