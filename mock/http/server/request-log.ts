/** Logs each request. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { header } from '../../../schemas/names.js';
import { knownClientOf, pathUnder } from '../request.js';

export interface RequestLogOptions {
  readonly basePath: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: (entry: Record<string, unknown>) => void;
}

export const logRequests = (app: FastifyInstance, { basePath, now, log }: RequestLogOptions): void => {
  const begun = new WeakMap<FastifyRequest, number>();
  app.addHook('onRequest', (request, _reply, done) => {
    begun.set(request, now());
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const end = now();
    log({
      method: request.method,
      path: pathUnder(basePath, request.url),
      status: reply.statusCode,
      ms: end - (begun.get(request) ?? end),
      client: knownClientOf(request),
      requestId: request.headers[header.requestId.toLowerCase()],
    });
    done();
  });
};
