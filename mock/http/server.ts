/**
 * The HTTP stage: fastify parses, the hooks let in or refuse, the handlers answer. Whatever goes wrong at any layer,
 * the HTTP parser's included, leaves as a SCIM error (ERR-01).
 */
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { header, mediaType } from '../../schemas/names.js';
import type { MockClient } from '../options.js';
import { Problem } from '../problem.js';
import type { Seams } from '../seams.js';
import { scimAnswer, type Answer } from './answer.js';
import { readJson } from './json-body.js';
import { routerOptions, urlTooLong, type KnownPaths } from './known-paths.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether an endpoint is for everybody, without a credential and without a limit. */
    isPublic?: boolean;
  }
}

export interface ServerContext {
  readonly basePath: string;
  readonly maxPayloadBytes: number;
  readonly knownPaths: KnownPaths;
  readonly seams: Seams;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Who sends a request. Throws a Problem of 401 or 403. */
  readonly authenticate: (request: FastifyRequest) => MockClient;
  /** Throws a Problem of 429. */
  readonly admit: (client: MockClient, request: FastifyRequest) => void;
  readonly limitFields: (client: MockClient) => Record<string, string>;
  /** Told of each request; undefined where nobody listens. */
  readonly log: ((entry: Record<string, unknown>) => void) | undefined;
  readonly onBug: (error: unknown) => void;
  /** What is being worked on now. */
  readonly answering: Set<Promise<unknown>>;
}

const clients = new WeakMap<FastifyRequest, MockClient>();

/** The client that a request was let in as. */
export const clientOf = (request: FastifyRequest): MockClient => {
  const client = clients.get(request);
  if (client === undefined) throw new Error('the request was not authenticated');
  return client;
};

/** Value of a request field, several lines joined; undefined where it is absent. */
export const field = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : value;
};

/** Path under the base URL, without query. */
export const pathUnder = (basePath: string, url: string): string =>
  (url.split('?')[0] ?? '').slice(url.startsWith(basePath) ? basePath.length : 0) || '/';

/** 405 with Allow (RFC 9110 §15.5.6). */
const methodNotAllowed = (allow: readonly string[]): Problem =>
  new Problem(405, 'This endpoint does not have that method.', undefined, { [header.allow]: allow.join(', ') });

const noSuchEndpoint = (): Problem => new Problem(404, 'There is no such endpoint.');

/** Fastify's own errors by their HTTP status; anything without one is a bug of ours. */
const problemOf = (error: unknown): Problem | undefined => {
  if (error instanceof Problem) return error;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 0;
  switch (status) {
    case 400:
      return new Problem(400, 'The request cannot be understood.', 'invalidSyntax');
    case 404:
      return noSuchEndpoint();
    case 413:
      return new Problem(413, 'The body is too large.');
    case 414:
      return urlTooLong();
    case 415:
      return new Problem(415, `A body is ${mediaType.scim} or ${mediaType.json}.`);
    default:
      return undefined;
  }
};

/** Sends an answer through the response seam. */
export const send = async (reply: FastifyReply, context: ServerContext, answer: Answer): Promise<FastifyReply> => {
  const { request } = reply;
  const path = pathUnder(context.basePath, request.url);
  const client = clients.get(request);
  const last = await context.seams.respond(
    client === undefined ? answer : { ...answer, headers: { ...context.limitFields(client), ...answer.headers } },
    { method: request.method, path, client: client?.name, field: (name) => field(request, name) },
  );
  const text = last.text ?? (last.body === undefined ? undefined : JSON.stringify(last.body));
  // Node would give the date of its own clock.
  reply.raw.sendDate = false;
  return (
    reply
      .code(last.status)
      .headers({ [header.date]: dateOf(context), ...last.headers })
      // As bytes: to a string fastify would add a charset, which JSON does not have (RFC 8259 §11).
      .send(text === undefined ? undefined : Buffer.from(text))
  );
};

/** The date of an answer (RFC 9110 §6.6.1). */
const dateOf = ({ now }: ServerContext): string => new Date(now()).toUTCString();

const errorAnswer = (context: ServerContext, error: unknown): Answer => {
  const known = problemOf(error);
  if (known === undefined) context.onBug(error);
  const problem = known ?? new Problem(500, 'Internal error.');
  return scimAnswer(problem.status, context.seams.renderError(problem), { ...problem.headers });
};

/** What Node's HTTP parser complains of, by the code of its error. */
const parserProblem = (code: string): Problem => {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(431, 'The header fields are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem(408, 'The request did not arrive in time.');
    default:
      return new Problem(400, 'The request is not valid HTTP.', 'invalidSyntax');
  }
};

/** What never reaches fastify is answered on the socket, and the connection ends. */
const answerRaw = (context: ServerContext, socket: Duplex, problem: Problem): void => {
  if (!socket.writable) return;
  const { status, headers, body } = errorAnswer(context, problem);
  const text = JSON.stringify(body);
  const fields = { ...headers, 'Content-Length': String(Buffer.byteLength(text)), Connection: 'close' };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${text}`, () =>
    socket.destroy(),
  );
};

const logResponses = (app: FastifyInstance, log: (entry: Record<string, unknown>) => void, context: ServerContext) => {
  const begun = new WeakMap<FastifyRequest, number>();
  app.addHook('onRequest', (request, _reply, done) => {
    begun.set(request, context.now());
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const now = context.now();
    log({
      method: request.method,
      path: pathUnder(context.basePath, request.url),
      status: reply.statusCode,
      ms: now - (begun.get(request) ?? now),
      client: clients.get(request)?.name,
      requestId: request.headers[header.requestId.toLowerCase()],
    });
    done();
  });
};

/** A fastify instance with everything but routes. */
export const createServer = (context: ServerContext): FastifyInstance => {
  const app = fastify({
    logger: false,
    bodyLimit: context.maxPayloadBytes,
    forceCloseConnections: 'idle',
    // Fastify would answer 503 in a format of its own; what arrives on an open connection is still answered.
    return503OnClosing: false,
    // Node would refuse it without a body; the hook below does it.
    http: { requireHostHeader: false },
    exposeHeadRoutes: true,
    routerOptions,
    frameworkErrors: (error, _request, reply) => {
      void send(reply, context, errorAnswer(context, error));
    },
    clientErrorHandler: (error, socket) => answerRaw(context, socket, parserProblem(error.code)),
  });
  app.server.on('connect', (_request, socket) => {
    answerRaw(context, socket, new Problem(405, 'There are no tunnels here.', undefined, { [header.allow]: 'GET' }));
  });
  app.server.on('checkExpectation', (_request, response) => {
    const { status, headers, body } = errorAnswer(context, new Problem(417, 'Only 100-continue can be expected.'));
    const text = JSON.stringify(body);
    response.sendDate = false;
    response
      .writeHead(status, {
        ...headers,
        [header.date]: dateOf(context),
        'Content-Length': Buffer.byteLength(text),
      })
      .end(text);
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, readJson(request.headers['content-type'], Buffer.isBuffer(body) ? body : Buffer.from(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') {
      throw new Problem(400, 'The Host field is missing.', 'invalidSyntax');
    }
    const known = request.is404 ? context.knownPaths.find(request.url) : undefined;
    if ((known ?? request.routeOptions.config).isPublic !== true) {
      const client = context.authenticate(request);
      clients.set(request, client);
      context.admit(client, request);
    }
    // Before the body is read: 405 comes before 415 (profile §7, clarification 13), and 404 before both.
    if (request.is404) throw known === undefined ? noSuchEndpoint() : methodNotAllowed(known.allow);
    done();
  });
  const { log } = context;
  if (log !== undefined) logResponses(app, log, context);
  app.setErrorHandler((error, _request, reply) => send(reply, context, errorAnswer(context, error)));
  // Reached by no request, as the hook throws; fastify's own handler has another format.
  app.setNotFoundHandler((_request, reply) => send(reply, context, errorAnswer(context, noSuchEndpoint())));
  return app;
};
