/** Creates the parts that admit requests and answer them. */
import type { FastifyInstance } from 'fastify';
import type { HandlerContext } from '../http/context.js';
import { pathUnder } from '../http/request.js';
import { addRoute } from '../http/server/add-route.js';
import { createAuthorize } from '../http/server/authorize.js';
import { KnownPaths } from '../http/server/known-paths.js';
import { polledJob } from '../http/server/polled-job.js';
import { routesOf } from '../http/server/routes.js';
import { createServer, type ServerContext } from '../http/server/server.js';
import { Admission } from '../policy/limits/admission.js';
import { createLimits } from '../policy/limits/create-limits.js';
import { createAuthentication } from '../policy/authentication.js';
import { StatusTokens } from '../policy/status-tokens.js';
import { createWriteAtOnce } from '../events/write-at-once.js';
import type { Eventing } from './eventing.js';
import { handlersOf, type Setup } from './setup.js';
import type { Working } from './working.js';

export interface Serving {
  readonly app: FastifyInstance;
  /** Resolves when all requests in progress are answered. */
  readonly answered: () => Promise<unknown>;
}

const createServerContext = (
  { settings, seams, ports, wire, environment: { clock }, clients, verify, rights, mayReadStatus, ops, onBug }: Setup,
  handlers: HandlerContext,
): ServerContext => {
  const { retryAfterSeconds, basePath, maxPayloadBytes, logger } = settings;
  const { statusTokens } = handlers;
  const authenticate = createAuthentication({ clients, verify, statusTokens, tokenAllows: seams.tokenAllows });
  const admission = new Admission({
    limits: createLimits(settings, ports, clock),
    clock,
    retryAfterSeconds,
    bucketOf: seams.bucketOf,
  });
  return {
    basePath,
    maxPayloadBytes,
    knownPaths: new KnownPaths(),
    seams,
    ports,
    wire,
    now: () => clock.now(),
    authenticate: ({ headers: { authorization }, method, url }) =>
      authenticate({ authorization, method, path: pathUnder(basePath, url) }),
    admit: (client, request) => admission.admit(client, () => polledJob(request, client, handlers)),
    authorize: createAuthorize({ basePath, rights, mayReadStatus, trail: handlers.trail }),
    limitFields: (client) => admission.fields(client),
    log: logger === undefined ? undefined : (entry) => logger.info(entry, 'request'),
    observer: ops?.observer,
    onBug,
    answering: new Set(),
  };
};

export const createServing = (
  setup: Setup,
  { signer, record, completions, guard, trail }: Eventing,
  { intake, workers }: Working,
  stopping: AbortSignal,
): Serving => {
  const { settings, seams, ports, environment, baseUrl, newToken, evaluator, rights } = setup;
  const { clock } = environment;
  const handlers: HandlerContext = {
    settings,
    seams,
    rights,
    clock,
    ports,
    intake,
    completions,
    signer,
    guard,
    trail,
    handlers: handlersOf(settings),
    newId: environment.newId,
    statusTokens: settings.features.includes('statusToken')
      ? new StatusTokens({ keys: ports.keys, clock, newToken, lifeSeconds: settings.statusTokenSeconds })
      : undefined,
    write: createWriteAtOnce(ports.store, record),
    checkRules: (rules) => seams.checkRules(rules, evaluator),
    stopping,
    get baseUrl() {
      return baseUrl();
    },
  };
  const server = createServerContext(setup, handlers);
  const app = createServer(server);
  for (const route of routesOf(handlers)) addRoute(app, server, route);
  setup.ops?.serve({ app, knownPaths: server.knownPaths, running: () => workers.running, stopping });
  return { app, answered: () => Promise.allSettled(server.answering) };
};
