/** Reads from requests what hooks and handlers need. */
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../policy/principal.js';
import type { Query } from '../resources/query.js';

const principals = new WeakMap<FastifyRequest, Principal>();

export const letIn = (request: FastifyRequest, principal: Principal): void => void principals.set(request, principal);

/** Name of the authenticated client; undefined if there is none. */
export const knownClientOf = (request: FastifyRequest): string | undefined => principals.get(request)?.client;

/** Who sends the request. Throws if nobody was authenticated. */
export const principalOf = (request: FastifyRequest): Principal => {
  const principal = principals.get(request);
  if (principal === undefined) throw new Error('the request was not authenticated');
  return principal;
};

/** Name of the authenticated client. Throws if there is none. */
export const clientOf = (request: FastifyRequest): string => principalOf(request).client;

const traceparents = new WeakMap<FastifyRequest, string>();

/** Notes what work for this request names as its parent in a trace. */
export const noteTraceparent = (request: FastifyRequest, traceparent: string): void =>
  void traceparents.set(request, traceparent);

/** Undefined if requests are not traced. */
export const traceparentOf = (request: FastifyRequest): string | undefined => traceparents.get(request);

/** Value of a request field; undefined if it is absent. Repeated fields are joined by commas. */
export const field = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : value;
};

/** Path under the base URL, without query. */
export const pathUnder = (basePath: string, url: string): string =>
  (url.split('?')[0] ?? '').slice(url.startsWith(basePath) ? basePath.length : 0) || '/';

/** A query parameter; undefined if it is absent. If it is repeated, the first counts. */
export const parameter = (request: FastifyRequest, name: string): string | undefined => {
  const value = (request.query as Record<string, string | string[] | undefined>)[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The query parameters of a read. If a parameter is repeated, the first counts. */
export const queryOf = (request: FastifyRequest): Query => {
  const one = (name: string): string | undefined => parameter(request, name);
  return {
    filter: one('filter'),
    startIndex: one('startIndex'),
    count: one('count'),
    cursor: one('cursor'),
    attributes: one('attributes'),
    excludedAttributes: one('excludedAttributes'),
  };
};

/** The parameter `id` of the path. */
export const idOf = (request: FastifyRequest): string => (request.params as { id?: string }).id ?? '';
