/** The protocol as a table: which endpoint has which methods, and who answers. */
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { header } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import type { Query } from '../resources/query.js';
import { resourceTypes } from '../resources/resource-type.js';
import type { WriteMethod } from '../operation.js';
import type { Answer } from './answer.js';
import { answerKeys, answerPoll, answerResult, answerTransmitter, type EventsContext } from './event-handlers.js';
import {
  answerCancel,
  answerConfig,
  answerDiscovery,
  answerList,
  answerResource,
  answerStatus,
  type ReadContext,
} from './read-handlers.js';
import { clientOf, field, pathUnder, send, type ServerContext } from './server.js';
import { answerBulk, answerWrite, type WriteContext, type WriteRequest } from './write-handlers.js';

type Handler = (request: FastifyRequest) => Answer | Promise<Answer>;
type Methods = Partial<Record<'GET' | WriteMethod, Handler>>;

/** The first of values that a query repeats. */
const queryOf = (request: FastifyRequest): Query => {
  const query = request.query as Record<string, string | string[] | undefined>;
  const one = (name: string): string | undefined => {
    const value = query[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return {
    filter: one('filter'),
    startIndex: one('startIndex'),
    count: one('count'),
    attributes: one('attributes'),
    excludedAttributes: one('excludedAttributes'),
  };
};

const idOf = (request: FastifyRequest): string => (request.params as { id?: string }).id ?? '';

export type RoutesContext = WriteContext & ReadContext & EventsContext;

export const addRoutes = (app: FastifyInstance, server: ServerContext, context: RoutesContext): void => {
  const writeOf = (request: FastifyRequest): WriteRequest => ({
    method: request.method as WriteMethod,
    path: decodeURI(pathUnder(server.basePath, request.url)),
    client: clientOf(request),
    body: request.body,
    field: (name) => field(request, name),
    projection: queryOf(request),
  });
  const write: Handler = (request) => {
    if (request.body === undefined && request.method !== 'DELETE') {
      throw new Problem(400, 'The body is empty.', 'invalidSyntax');
    }
    return answerWrite(writeOf(request), context);
  };
  const status: Handler = (request) =>
    answerStatus(
      {
        id: idOf(request),
        client: clientOf(request).name,
        originalRequestId: field(request, header.originalRequestId),
        ifNoneMatch: field(request, header.ifNoneMatch),
      },
      context,
    );

  const poll: Handler = async (request) => {
    const gone = new AbortController();
    const { socket } = request.raw;
    const leave = (): void => gone.abort();
    socket.once('close', leave);
    try {
      return await answerPoll(request.body, clientOf(request).name, gone.signal, context);
    } finally {
      // The connection may see many more.
      socket.off('close', leave);
    }
  };
  const statusMethods: Methods = {
    GET: status,
    ...(context.settings.features.includes('cancel')
      ? { DELETE: (request) => answerCancel(idOf(request), clientOf(request).name, context) }
      : {}),
  };

  const resourceRoutes = Object.values(resourceTypes).flatMap((type): [string, Methods][] => [
    [type.endpoint, { GET: (request) => answerList(type, queryOf(request), context), POST: write }],
    [
      `${type.endpoint}/:id`,
      {
        GET: (request) =>
          answerResource(type, idOf(request), queryOf(request), field(request, header.ifNoneMatch), context),
        PUT: write,
        PATCH: write,
        DELETE: write,
      },
    ],
  ]);
  const discovery = (['ResourceTypes', 'Schemas'] as const).flatMap((endpoint): [string, Methods][] => [
    [`/${endpoint}`, { GET: (request) => answerDiscovery(endpoint, undefined, queryOf(request), context) }],
    [`/${endpoint}/:id`, { GET: (request) => answerDiscovery(endpoint, idOf(request), queryOf(request), context) }],
  ]);
  const routes: [string, Methods][] = [
    ['/ServiceProviderConfig', { GET: (request) => answerConfig(queryOf(request), context) }],
    ...discovery,
    ...resourceRoutes,
    ['/Bulk', { POST: (request) => answerBulk(writeOf(request), context) }],
    // The paper has both spellings (profile D5).
    ['/provision/:id/status', statusMethods],
    ['/provisions/:id/status', statusMethods],
    ['/async/:id', { GET: (request) => answerResult(idOf(request), clientOf(request).name, context) }],
    ['/events/poll', { POST: poll }],
  ];
  for (const [path, methods] of routes) addRoute(app, server, `${server.basePath}${path}`, methods);
  // Whoever verifies a token need be no client of ours.
  const isPublic = { isPublic: true };
  addRoute(app, server, `${server.basePath}/jwks.json`, { GET: () => answerKeys(context) }, isPublic);
  addRoute(app, server, '/.well-known/ssf-configuration', { GET: () => answerTransmitter(context) }, isPublic);
};

const addRoute = (
  app: FastifyInstance,
  server: ServerContext,
  url: string,
  methods: Methods,
  config: FastifyContextConfig = {},
): void => {
  const allow = app.supportedMethods.filter((method) => method in methods);
  for (const method of allow) {
    const handler = methods[method as keyof Methods];
    if (handler === undefined) continue;
    app.route({
      method,
      url,
      config,
      handler: (request: FastifyRequest, reply: FastifyReply) => {
        const answer = Promise.resolve(handler(request)).then((answer) => send(reply, server, answer));
        server.answering.add(answer);
        return answer.finally(() => server.answering.delete(answer));
      },
    });
  }
  if (allow.includes('GET')) allow.push('HEAD');
  server.knownPaths.add(url, { allow, isPublic: config.isPublic === true });
};
