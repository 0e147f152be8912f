/** Puts the stages together: http → auth → rate limit → validation → intake → queue → worker → store → status. */
import { setMaxListeners } from 'node:events';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createAuthenticator } from './policy/authenticator.js';
import { StatusTokens } from './policy/status-tokens.js';
import type { Environment } from './environment.js';
import { KnownPaths } from './http/known-paths.js';
import { addRoutes } from './http/routes.js';
import { createServer, pathUnder, type ServerContext } from './http/server.js';
import { demandFault } from './faults/index.js';
import { Completions } from './events/completions.js';
import { EventLog, kept } from './events/event-log.js';
import { Pushers } from './events/push/pushers.js';
import { createRecorder } from './events/recorder.js';
import { createSigner } from './events/signer.js';
import { Intake } from './jobs/intake.js';
import { createRateLimiter } from './policy/rate-limiter.js';
import { withDefaults, type MockClient, type MockOptions, type PushTarget, type Settings } from './options.js';
import { Problem } from './problem.js';
import { createWorker } from './jobs/worker.js';
import { WorkQueue } from './jobs/work-queue.js';
import { resourceTypes } from './resources/resource-type.js';
import { Store } from './resources/store.js';
import { honestSeams, type Seams } from './seams.js';
import { systemEnvironment } from './system-environment.js';

export type AssembleOptions = MockOptions & {
  /** What is not given is the machine's. */
  readonly environment?: Partial<Environment>;
  readonly seams?: Partial<Seams>;
  /** Names of faults (`mock/faults`) that it has. */
  readonly faults?: readonly string[];
};

export type PushOrder = (PushTarget | { readonly url?: undefined }) & { readonly client?: 'primary' | 'second' };

/** A provider that nothing leads to yet. */
export interface Assembly {
  readonly app: FastifyInstance;
  readonly clock: Environment['clock'];
  readonly settings: Settings;
  readonly tokens: { readonly primary: string; readonly second: string };
  /** Resolves when all that is being answered now is answered. */
  readonly answered: () => Promise<unknown>;
  /** What it holds now. */
  readonly snapshot: () => { users: number; groups: number; statuses: number; pending: number };
  /** Pushes the tokens that are made from now on to this receiver (RFC 8935); without `url` to none any more. */
  readonly pushTo: (target: PushOrder) => void;
  /** Nobody is waited for any more. */
  readonly hurry: () => void;
  /** Ends the work behind the answers. */
  readonly end: () => Promise<void>;
}

/** Share of the wait between polls that is demanded: timers of clients go off a little early, and their clocks differ. */
const politeShare = 0.9;

/** Throws UnknownFault. The base URL is asked for with the first request. */
export const assemble = (options: AssembleOptions, baseUrl: () => string): Assembly => {
  const environment: Environment = { ...systemEnvironment, ...options.environment };
  const { clock, newId, newPoster } = environment;
  const now = (): number => clock.now();
  const faults = (options.faults ?? []).map(demandFault);
  const settings = withDefaults(
    faults.reduce<MockOptions>((given, fault) => ({ ...given, ...fault.options }), options),
  );
  const seams = faults.reduce<Seams>((base, fault) => ({ ...base, ...fault.seams(base, environment) }), {
    ...honestSeams(environment),
    ...options.seams,
  });
  /** In hexadecimal, so that it never begins with a hyphen: on a command line that would be a flag. */
  const token = (): string => Buffer.from(environment.randomBytes(24)).toString('hex');
  const [primary, second, ...others] = options.clients ?? [
    { name: 'primary', token: token() },
    { name: 'second', token: token() },
  ];
  const clients: MockClient[] = [primary, second, ...others];
  const { logger } = settings;
  const onBug = (error: unknown): void => logger?.error({ err: error }, 'bug in the mock');

  /** A feed as RFC 9967 names them in `aud`. */
  const feedOf = (client: string): string => `${baseUrl()}/Feeds/${encodeURIComponent(client)}`;
  const stopping = new AbortController();
  // Every request that waits listens to it.
  setMaxListeners(0, stopping.signal);

  const store = new Store(clock, seams.newId);
  const signer = createSigner({
    signing: settings.signing,
    newSigningKey: environment.newSigningKey,
    seam: seams.sign,
  });
  const log = new EventLog({
    issuer: () => new URL(baseUrl()).origin,
    audience: (client) => (client === undefined ? clients.map(({ name }) => name) : [client]).map(feedOf),
    now,
    newId,
    sign: signer.sign,
    claimsOf: seams.claimsOf,
    pollStream: seams.pollStream,
  });
  const write = createRecorder({ store, apply: seams.createApply(store), log, settings, baseUrl });
  const completions = new Completions({
    log,
    baseUrl,
    now,
    retentionSeconds: settings.retentionSeconds,
    maySee: seams.maySee,
  });
  const limiter = settings.rateLimit === false ? undefined : createRateLimiter(settings.rateLimit, clock);
  const queue = new WorkQueue({
    workers: settings.workers,
    capacity: settings.queueCapacity,
    retryAfterSeconds: settings.retryAfterSeconds,
    next: seams.next,
    now,
    done: ({ job, index }) => completions.done(job, index),
    perform: (task) => {
      const work = createWorker({
        clock,
        operationMillis: settings.operationMillis,
        baseUrl: baseUrl(),
        apply: (operation) => write(operation, task),
        renderError: seams.renderError,
        onBug,
      });
      return seams.work(task, () => work(task), store);
    },
  });
  const intake = new Intake({
    queue,
    newId: seams.newId,
    now,
    retentionSeconds: settings.retentionSeconds,
    idempotency: settings.features.includes('idempotency'),
    retries: seams.retries,
    take: seams.take,
    enqueue: seams.enqueue,
    maySee: seams.maySee,
  });

  /** A poll no faster than Retry-After asked costs nothing, so that it is never throttled (RATE-07). */
  const isPolite = (client: MockClient, request: FastifyRequest): boolean => {
    if (!['GET', 'HEAD'].includes(request.method)) return false;
    const { id } = request.params as { id: string };
    const { url = '' } = request.routeOptions;
    try {
      const job = url.endsWith('/status')
        ? intake.find(id, client.name)
        : url.endsWith('/async/:id')
          ? completions.find(id, client.name).job
          : undefined;
      if (job === undefined) return false;
      const { polled } = job;
      return polled === undefined || now() - polled >= settings.retryAfterSeconds * 1000 * politeShare;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  };
  const statusTokens = settings.features.includes('statusToken')
    ? new StatusTokens({ newToken: token, now, lifeSeconds: settings.statusTokenSeconds })
    : undefined;
  const authenticate = createAuthenticator(clients);

  const server: ServerContext = {
    basePath: settings.basePath,
    maxPayloadBytes: settings.maxPayloadBytes,
    knownPaths: new KnownPaths(),
    seams,
    now,
    authenticate: (request) => {
      const { authorization } = request.headers;
      const grant = statusTokens?.grantOf(authorization);
      if (grant === undefined) return authenticate(authorization);
      const path = pathUnder(settings.basePath, request.url);
      if (seams.tokenAllows(grant.jobId, { method: request.method, path })) return grant.client;
      throw new Problem(403, 'A status token reads its own status resource and nothing else.');
    },
    admit: (client, request) => {
      if (limiter !== undefined && !isPolite(client, request)) limiter.admit(seams.bucketOf(client.name));
    },
    limitFields: (client) => limiter?.fields(seams.bucketOf(client.name)) ?? {},
    log: logger === undefined ? undefined : (entry) => logger.info(entry, 'request'),
    onBug,
    answering: new Set(),
  };
  const app = createServer(server);
  addRoutes(app, server, {
    settings,
    seams,
    clock,
    store,
    intake,
    write,
    completions,
    log,
    signer,
    stopping: stopping.signal,
    statusTokens,
    get baseUrl() {
      return baseUrl();
    },
  });

  const { pushRequest, pushAnswer } = seams;
  const pushers = new Pushers(log, { clock, newPoster, pushRequest, pushAnswer, onBug, limit: kept });
  if (options.push !== undefined) pushers.to(primary.name, options.push);
  return {
    app,
    clock,
    settings,
    tokens: { primary: primary.token, second: second.token },
    answered: () => Promise.allSettled(server.answering),
    snapshot: () => ({
      users: store.list(resourceTypes.User).length,
      groups: store.list(resourceTypes.Group).length,
      statuses: intake.size,
      pending: queue.pending,
    }),
    pushTo: ({ client = 'primary', ...target }) =>
      pushers.to({ primary, second }[client].name, target.url === undefined ? undefined : target),
    hurry: () => stopping.abort(),
    end: async () => {
      queue.stop();
      await pushers.stop();
    },
  };
};
