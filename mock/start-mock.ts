/** Puts the stages together: http → auth → rate limit → validation → intake → queue → worker → store → status. */
import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { FastifyRequest } from 'fastify';
import type { AddressInfo } from 'node:net';
import { createAuthenticator } from './auth/authenticator.js';
import { StatusTokens } from './auth/status-tokens.js';
import { addRoutes } from './http/routes.js';
import { createServer, pathUnder, type ServerContext } from './http/server.js';
import { demandFault } from './faults/index.js';
import { Completions } from './events/completions.js';
import { EventLog, kept } from './events/event-log.js';
import { Pushers } from './push/pushers.js';
import { createRecorder } from './events/recorder.js';
import { createSigner } from './events/signer.js';
import { Intake } from './intake/intake.js';
import { createRateLimiter } from './limits/rate-limiter.js';
import { withDefaults, type MockClient, type MockOptions, type PushTarget } from './options.js';
import { Problem } from './problem.js';
import { createWorker } from './queue/worker.js';
import { WorkQueue } from './queue/work-queue.js';
import { resourceTypes } from './resources/resource-type.js';
import { Store } from './resources/store.js';
import { honestSeams, type Seams } from './seams.js';

export interface Mock {
  /** SCIM base URL. */
  readonly url: string;
  readonly port: number;
  readonly tokens: { readonly primary: string; readonly second: string };
  /** What it holds now. */
  snapshot(): { users: number; groups: number; statuses: number; pending: number };
  /** Pushes the tokens that are made from now on to this receiver (RFC 8935); without `url` to none any more. */
  pushTo(target: PushOrder): void;
  /** Answers what it has been asked and takes no more; half-sent requests are given a second to arrive. */
  stop(): Promise<void>;
}

export type PushOrder = (PushTarget | { readonly url?: undefined }) & { readonly client?: 'primary' | 'second' };

/** Milliseconds for which a request that has begun to arrive is waited for when the mock stops. */
const stopGrace = 1000;

/** Share of the wait between polls that is demanded: timers of clients go off a little early, and their clocks differ. */
const politeShare = 0.9;

/** In hexadecimal, so that it never begins with a hyphen: on a command line that would be a flag. */
const token = (): string => randomBytes(24).toString('hex');

export type StartOptions = MockOptions & {
  readonly seams?: Partial<Seams>;
  /** Names of faults (`mock/faults`) that it has. */
  readonly faults?: readonly string[];
};

/** Starts a provider in this process. Rejects where the port is taken. Two mocks share nothing. */
export const startMock = async (options: StartOptions = {}): Promise<Mock> => {
  const faults = (options.faults ?? []).map(demandFault);
  const settings = withDefaults(
    faults.reduce<MockOptions>((given, fault) => ({ ...given, ...fault.options }), options),
  );
  const seams = faults.reduce<Seams>((base, fault) => ({ ...base, ...fault.seams(base) }), {
    ...honestSeams,
    ...options.seams,
  });
  const [primary, second, ...others] = options.clients ?? [
    { name: 'primary', token: token() },
    { name: 'second', token: token() },
  ];
  const clients: MockClient[] = [primary, second, ...others];
  const { logger } = settings;
  const onBug = (error: unknown): void => logger?.error({ err: error }, 'bug in the mock');
  // The port is known when the server listens, and the base URL with it.
  let baseUrl = '';

  /** A feed as RFC 9967 names them in `aud`. */
  const feedOf = (client: string): string => `${baseUrl}/Feeds/${encodeURIComponent(client)}`;
  const stopping = new AbortController();
  // Every request that waits listens to it.
  setMaxListeners(0, stopping.signal);

  const store = new Store(seams.clock, seams.newId);
  const signer = createSigner(settings.signing, seams.sign);
  const log = new EventLog({
    issuer: () => new URL(baseUrl).origin,
    audience: (client) => (client === undefined ? clients.map(({ name }) => name) : [client]).map(feedOf),
    now: () => seams.clock.now(),
    sign: signer.sign,
    claimsOf: seams.claimsOf,
    pollStream: seams.pollStream,
  });
  const write = createRecorder({ store, apply: seams.createApply(store), log, settings, baseUrl: () => baseUrl });
  const completions = new Completions({
    log,
    baseUrl: () => baseUrl,
    now: () => seams.clock.now(),
    retentionSeconds: settings.retentionSeconds,
    maySee: seams.maySee,
  });
  const limiter = settings.rateLimit === false ? undefined : createRateLimiter(settings.rateLimit, seams.clock);
  const queue = new WorkQueue({
    workers: settings.workers,
    capacity: settings.queueCapacity,
    retryAfterSeconds: settings.retryAfterSeconds,
    next: seams.next,
    now: () => seams.clock.now(),
    done: ({ job, index }) => completions.done(job, index),
    perform: (task) => {
      const work = createWorker({
        clock: seams.clock,
        operationMillis: settings.operationMillis,
        baseUrl,
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
    now: () => seams.clock.now(),
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
      return polled === undefined || seams.clock.now() - polled >= settings.retryAfterSeconds * 1000 * politeShare;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  };
  const statusTokens = settings.features.includes('statusToken')
    ? new StatusTokens({
        newToken: token,
        now: () => seams.clock.now(),
        lifeSeconds: settings.statusTokenSeconds,
      })
    : undefined;
  const authenticate = createAuthenticator(clients);

  const server: ServerContext = {
    basePath: settings.basePath,
    maxPayloadBytes: settings.maxPayloadBytes,
    seams,
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
    log: (entry) => logger?.info(entry, 'request'),
    onBug,
    answering: new Set(),
  };
  const app = createServer(server);
  addRoutes(app, server, {
    settings,
    seams,
    store,
    intake,
    write,
    completions,
    log,
    signer,
    stopping: stopping.signal,
    statusTokens,
    get baseUrl() {
      return baseUrl;
    },
  });
  await app.listen({ port: settings.port, host: settings.host });
  const { port } = app.server.address() as AddressInfo;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  baseUrl = `http://${host}:${port}${settings.basePath}`;

  const { clock, pushRequest, pushAnswer } = seams;
  const pushers = new Pushers(log, { clock, pushRequest, pushAnswer, onBug, limit: kept });
  if (options.push !== undefined) pushers.to(primary.name, options.push);
  return {
    url: baseUrl,
    port,
    tokens: { primary: primary.token, second: second.token },
    snapshot: () => ({
      users: store.list(resourceTypes.User).length,
      groups: store.list(resourceTypes.Group).length,
      statuses: intake.size,
      pending: queue.pending,
    }),
    pushTo: ({ client = 'primary', ...target }) =>
      pushers.to({ primary, second }[client].name, target.url === undefined ? undefined : target),
    stop: async () => {
      stopping.abort();
      const closed = app.close();
      // A connection on which half a request stands still would hold the server open for good.
      const timer = setTimeout(() => {
        void Promise.allSettled(server.answering).then(() => app.server.closeAllConnections());
      }, stopGrace);
      await closed;
      clearTimeout(timer);
      queue.stop();
      await pushers.stop();
    },
  };
};
