/** The endpoints of the mock as tables: their methods and handlers. */
import type { FastifyRequest } from 'fastify';
import { header } from '../../../schemas/names.js';
import type { AttributeBounds, WriteMethod } from '../../operation.js';
import { Problem } from '../../problem.js';
import { resourceTypes, type ResourceType } from '../../resources/resource-type.js';
import type { Answer } from '../answer.js';
import type { HandlerContext } from '../context.js';
import { answerAudit } from '../handlers/audit-handlers.js';
import { answerKeys, answerPoll, answerResult, answerTransmitter } from '../handlers/event-handlers.js';
import { answerMessage } from '../handlers/message-handlers.js';
import { answerConfig, answerDiscovery, answerList, answerMe, answerResource } from '../handlers/read-handlers.js';
import { answerAuditedStatus, answerCancel } from '../handlers/status-handlers.js';
import { answerWebhook, answerWebhookRemoval, answerWebhooks, registerWebhook } from '../handlers/webhook-handlers.js';
import { answerBulk, answerWrite, type WriteRequest } from '../handlers/write-handlers.js';
import { searchQueryOf } from '../search-request.js';
import { clientOf, field, idOf, parameter, pathUnder, principalOf, queryOf, traceparentOf } from '../request.js';
import type { Handler, Methods, Route } from './add-route.js';

/** Methods by path under the base URL. */
type Table = Record<string, Methods>;

const writeOf = (request: FastifyRequest, basePath: string): WriteRequest => ({
  method: request.method as WriteMethod,
  path: decodeURI(pathUnder(basePath, request.url)),
  principal: principalOf(request),
  body: request.body,
  field: (name) => field(request, name),
  projection: queryOf(request),
  traceparent: traceparentOf(request),
});

const discovery = (context: HandlerContext): Table => {
  const list =
    (endpoint: 'ResourceTypes' | 'Schemas'): Handler =>
    (request) =>
      answerDiscovery({ endpoint, id: undefined, query: queryOf(request) }, context);
  const one =
    (endpoint: 'ResourceTypes' | 'Schemas'): Handler =>
    (request) =>
      answerDiscovery({ endpoint, id: idOf(request), query: queryOf(request) }, context);
  return {
    '/ServiceProviderConfig': { GET: (request) => answerConfig(queryOf(request), context) },
    '/ResourceTypes': { GET: list('ResourceTypes') },
    '/ResourceTypes/:id': { GET: one('ResourceTypes') },
    '/Schemas': { GET: list('Schemas') },
    '/Schemas/:id': { GET: one('Schemas') },
  };
};

const resources = (context: HandlerContext): Table => {
  const { rights, settings } = context;
  const { basePath } = settings;
  const write: Handler = (request) => {
    if (request.body === undefined && request.method !== 'DELETE') {
      throw new Problem(400, 'The body is empty.', 'invalidSyntax');
    }
    return answerWrite(writeOf(request, basePath), context);
  };
  const boundsOf = (request: FastifyRequest): AttributeBounds | undefined => rights.boundsOf(principalOf(request));
  const search =
    (types: readonly ResourceType[]): Handler =>
    (request) =>
      answerList({ types, query: searchQueryOf(request.body), method: 'POST', bounds: boundsOf(request) }, context);
  const tables = Object.values(resourceTypes).map((type): Table => {
    const read: Handler = (request) => {
      const ifNoneMatch = field(request, header.ifNoneMatch);
      const bounds = boundsOf(request);
      return answerResource({ type, id: idOf(request), query: queryOf(request), ifNoneMatch, bounds }, context);
    };
    const list: Handler = (request) =>
      answerList({ types: [type], query: queryOf(request), method: 'GET', bounds: boundsOf(request) }, context);
    return {
      [type.endpoint]: { GET: list, POST: write },
      [`${type.endpoint}/.search`]: { POST: search([type]) },
      [`${type.endpoint}/:id`]: { GET: read, PUT: write, PATCH: write, DELETE: write },
    };
  });
  const bulk: Handler = (request) => answerBulk(writeOf(request, basePath), context);
  const me: Methods = { GET: answerMe, POST: answerMe, PUT: answerMe, PATCH: answerMe, DELETE: answerMe };
  const others: Table = {
    '/.search': { POST: search(Object.values(resourceTypes)) },
    '/Bulk': { POST: bulk },
    '/Me': me,
  };
  return Object.assign({}, ...tables, others) as Table;
};

const statuses = (context: HandlerContext): Table => {
  const read: Handler = (request) =>
    answerAuditedStatus(
      {
        id: idOf(request),
        client: clientOf(request),
        originalRequestId: field(request, header.originalRequestId),
        ifNoneMatch: field(request, header.ifNoneMatch),
      },
      context,
    );
  const cancel: Handler = (request) => answerCancel(idOf(request), clientOf(request), context);
  const methods: Methods = {
    GET: read,
    ...(context.settings.features.includes('cancel') ? { DELETE: cancel } : {}),
  };
  // The paper uses both spellings (profile D5).
  return { '/provision/:id/status': methods, '/provisions/:id/status': methods };
};

const poll = async (request: FastifyRequest, context: HandlerContext): Promise<Answer> => {
  const gone = new AbortController();
  const { socket } = request.raw;
  const leave = (): void => gone.abort();
  socket.once('close', leave);
  try {
    return await answerPoll({ body: request.body, client: clientOf(request), gone: gone.signal }, context);
  } finally {
    // The connection may be used for many more requests.
    socket.off('close', leave);
  }
};

const events = (context: HandlerContext): Table => ({
  '/async/:id': { GET: (request) => answerResult(idOf(request), clientOf(request), context) },
  '/events/poll': { POST: (request) => poll(request, context) },
});

const integration = (context: HandlerContext): Table => {
  if (!context.settings.features.includes('webhooks')) return {};
  return {
    '/integration/webhook': {
      GET: (request) => answerWebhooks(clientOf(request), context),
      POST: (request) => registerWebhook(request.body, clientOf(request), context),
    },
    '/integration/webhook/:id': {
      GET: (request) => answerWebhook(idOf(request), clientOf(request), context),
      DELETE: (request) => answerWebhookRemoval(idOf(request), clientOf(request), context),
    },
  };
};

const messages = (context: HandlerContext): Table => {
  if (!context.settings.features.includes('messageQueue')) return {};
  const post: Handler = (request) => {
    const requestId = field(request, header.requestId);
    const traceparent = traceparentOf(request);
    return answerMessage({ body: request.body, client: clientOf(request), requestId, traceparent }, context);
  };
  return { '/integration/messages': { POST: post } };
};

const audit = (context: HandlerContext): Table =>
  context.trail === undefined
    ? {}
    : { '/audit': { GET: (request) => answerAudit(parameter(request, 'request'), clientOf(request), context) } };

/** Endpoints for everybody: those who verify tokens may have no credential. */
const publicRoutes = (context: HandlerContext): Route[] => [
  { url: `${context.settings.basePath}/jwks.json`, methods: { GET: () => answerKeys(context) }, isPublic: true },
  { url: '/.well-known/ssf-configuration', methods: { GET: () => answerTransmitter(context) }, isPublic: true },
];

export const routesOf = (context: HandlerContext): Route[] => {
  const tables = [
    discovery(context),
    resources(context),
    statuses(context),
    events(context),
    integration(context),
    messages(context),
    audit(context),
  ];
  const { basePath } = context.settings;
  return [
    ...tables.flatMap((table) =>
      Object.entries(table).map(([path, methods]): Route => ({ url: `${basePath}${path}`, methods })),
    ),
    ...publicRoutes(context),
  ];
};
