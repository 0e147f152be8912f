/** Tells an observer of each request, from its arrival to its answer. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Observer } from '../../observer.js';
import { field, knownClientOf, noteTraceparent } from '../request.js';

export interface ObserveRequestsOptions {
  readonly observer: Observer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const observeRequests = (app: FastifyInstance, { observer, now }: ObserveRequestsOptions): void => {
  const left = new WeakMap<FastifyRequest, (status: number | undefined) => void>();
  const leave = (request: FastifyRequest, status: number | undefined): void => {
    left.get(request)?.(status);
    // An answer that was written may be followed by the end of the connection.
    left.delete(request);
  };
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.config.isObserved !== false) {
      const begun = now();
      const watch = observer.arrived?.({
        method: request.method,
        route: request.routeOptions.url,
        path: request.url.split('?')[0] ?? '',
        field: (name) => field(request, name),
      });
      if (watch?.traceparent !== undefined) noteTraceparent(request, watch.traceparent);
      left.set(request, (status) =>
        watch?.left({ status, client: knownClientOf(request), millis: Math.max(0, now() - begun) }),
      );
    }
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    leave(request, reply.statusCode);
    done();
  });
  app.addHook('onRequestAbort', (request, done) => {
    leave(request, undefined);
    done();
  });
};
