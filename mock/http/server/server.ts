/**
 * The HTTP server: fastify with hooks for authentication, rate limit and bodies. Errors of all layers, those of the
 * HTTP parser included, are answered with SCIM errors (ERR-01).
 */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Principal } from '../../policy/principal.js';
import type { Observer } from '../../observer.js';
import { Problem } from '../../problem.js';
import { readJson } from '../json-body.js';
import { methodNotAllowed, noSuchEndpoint, parserProblem } from '../problems.js';
import { letIn } from '../request.js';
import { routerOptions, type KnownPaths } from './known-paths.js';
import { translateRequestBody, translateRequestFields } from './renamed-wire.js';
import { answerRaw, refuseSpecial } from './raw-answers.js';
import { observeRequests } from './observe-requests.js';
import { logRequests, type RequestLogOptions } from './request-log.js';
import { errorAnswer, send, type SendContext } from './send.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether an endpoint needs no credential and has no rate limit. */
    isPublic?: boolean;
    /** Whether an observer is told of its requests. Default: true. */
    isObserved?: boolean;
  }
}

export interface ServerContext extends SendContext {
  readonly maxPayloadBytes: number;
  readonly knownPaths: KnownPaths;
  /** Rejects with a Problem of 401, 403 or 503. */
  readonly authenticate: (request: FastifyRequest) => Promise<Principal>;
  /**
   * Applies the limits. Resolves with what is to be called once when the request is over; undefined: nothing. Rejects with a
   * Problem of 429.
   */
  readonly admit: (client: string, request: FastifyRequest) => Promise<(() => void) | undefined>;
  /** Rejects with a Problem of 401 or 403 if the policy refuses the request of an authenticated client. */
  readonly authorize: (request: FastifyRequest) => Promise<void>;
  /** Called for each request; undefined: requests are not logged. */
  readonly log: RequestLogOptions['log'] | undefined;
  /** Undefined: nobody watches. */
  readonly observer: Observer | undefined;
  /** The answers in progress. */
  readonly answering: Set<Promise<unknown>>;
}

/** Calls `then` once, when the answer is sent or the connection is closed. */
const whenOver = ({ raw }: FastifyReply, then: () => void): void => {
  const over = (): void => {
    raw.off('finish', over).off('close', over);
    then();
  };
  raw.once('finish', over).once('close', over);
};

/** Runs before the body is read, so that errors of the body come last. */
const demandAdmission = async (request: FastifyRequest, reply: FastifyReply, context: ServerContext): Promise<void> => {
  if (request.headers.host === undefined && request.raw.httpVersion === '1.1') {
    throw new Problem(400, 'The Host field is missing.', 'invalidSyntax');
  }
  const known = request.is404 ? context.knownPaths.find(request.url) : undefined;
  if ((known ?? request.routeOptions.config).isPublic !== true) {
    const principal = await context.authenticate(request);
    letIn(request, principal);
    const release = await context.admit(principal.client, request);
    if (release !== undefined) whenOver(reply, release);
  }
  // 405 comes before 415 (profile §7, clarification 13), and 404 before both.
  if (request.is404) throw known === undefined ? noSuchEndpoint() : methodNotAllowed(known.allow);
  if (request.routeOptions.config.isPublic !== true) await context.authorize(request);
};

/** The path and query of a request target; a path that cannot be decoded, and so is answered 400, if it is none. */
const pathOf = (target: string): string => {
  // A fragment is no part of a request target (RFC 9112 §3.2).
  if (target.includes('#')) return '/%';
  // The absolute form is as the origin form (RFC 9112 §3.2.2).
  const [, path] = /^https?:\/\/[^/?]*(.*)$/i.exec(target) ?? [];
  if (path === undefined) return target;
  return path.startsWith('/') ? path : `/${path}`;
};

const readBodies = (app: FastifyInstance, { wire }: ServerContext): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const bytes = translateRequestBody(Buffer.isBuffer(body) ? body : Buffer.from(body), wire);
      done(null, readJson(request.headers['content-type'], bytes));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
};

/** Bytes of a refused body that are read and dropped. */
const mostDropped = 64 * 1024 * 1024;

/**
 * fastify closes the connection after a body that it refuses. A proxy that is still sending that body would lose the answer
 * with the connection, and take the mock for broken: so the rest of the body is dropped, unless it is very long.
 */
const keepOpen = ({ headers }: FastifyRequest, reply: FastifyReply): void => {
  if (!reply.hasHeader('connection')) return;
  if (Number(headers['content-length'] ?? Infinity) <= mostDropped) reply.removeHeader('connection');
};

/** Creates the server without its routes. */
export const createServer = (context: ServerContext): FastifyInstance => {
  const { wire } = context;
  const app = fastify({
    logger: false,
    bodyLimit: context.maxPayloadBytes,
    forceCloseConnections: 'idle',
    // Requests on open connections are still answered; fastify would answer 503 in its own format.
    return503OnClosing: false,
    // Node would refuse a request without Host with an empty body; the hook refuses it with a SCIM error.
    http: { requireHostHeader: false },
    exposeHeadRoutes: true,
    rewriteUrl: ({ url = '' }) => wire?.url(pathOf(url)) ?? pathOf(url),
    routerOptions,
    frameworkErrors: (error, _request, reply) => {
      void send(reply, context, errorAnswer(context, error));
    },
    clientErrorHandler: (error, socket) => answerRaw(context, socket, parserProblem(error.code)),
  });
  refuseSpecial(app.server, context);
  readBodies(app, context);
  if (wire !== undefined)
    app.addHook('onRequest', ({ raw }, _reply, done) => {
      translateRequestFields(raw.headers, wire);
      done();
    });
  if (context.log !== undefined) logRequests(app, { ...context, log: context.log });
  if (context.observer !== undefined) observeRequests(app, { observer: context.observer, now: context.now });
  app.addHook('onRequest', (request, reply) => demandAdmission(request, reply, context));
  app.setErrorHandler((error, request, reply) => {
    keepOpen(request, reply);
    return send(reply, context, errorAnswer(context, error));
  });
  // Never called, because the hook throws first; set all the same, because fastify's own handler has another format.
  app.setNotFoundHandler((_request, reply) => send(reply, context, errorAnswer(context, noSuchEndpoint())));
  return app;
};
