/** Refuses what the policy does not allow, and reads of a status from elsewhere, before bodies are read. */
import type { FastifyRequest } from 'fastify';
import type { Trail } from '../../audit/trail.js';
import type { Rights } from '../../policy/rights.js';
import type { Source } from '../../policy/client-address.js';
import { Problem } from '../../problem.js';
import { field, idOf, pathUnder, principalOf } from '../request.js';

export interface AuthorizeOptions {
  readonly basePath: string;
  readonly rights: Rights;
  readonly mayReadStatus: (source: Source) => boolean;
  /** Undefined if the feature is off. */
  readonly trail: Trail | undefined;
}

/** Of the route and not of the URL, which can be written in several ways. */
const segmentsOf = (route: string, basePath: string): string[] =>
  pathUnder(basePath, route)
    .split('/')
    .slice(1)
    .map((part) => (part.startsWith(':') ? '*' : part));

const sourceOf = (request: FastifyRequest): Source => ({
  peer: request.raw.socket.remoteAddress,
  forwardedFor: field(request, 'X-Forwarded-For'),
});

const isRead = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

export const createAuthorize = ({
  basePath,
  rights,
  mayReadStatus,
  trail,
}: AuthorizeOptions): ((request: FastifyRequest) => Promise<void>) => {
  const whyRefused = (request: FastifyRequest, route: string): Problem | undefined =>
    (isRead(request) && /\/status$|\/async\/:id$/.test(route) && !mayReadStatus(sourceOf(request))
      ? new Problem(403, 'A status may not be read from this address.')
      : undefined) ??
    rights.whyRefused(principalOf(request), { method: request.method, segments: segmentsOf(route, basePath) });
  return async (request) => {
    const { url: route = '' } = request.routeOptions;
    const problem = whyRefused(request, route);
    if (problem === undefined) return;
    // The audit trail has every read of a status by an authenticated client (AUD-01).
    if (isRead(request) && route.endsWith('/status'))
      await trail?.read(idOf(request), principalOf(request).client, problem.status);
    throw problem;
  };
};
