/** Turns the options of a mock into settings with defaults, seams with the faults applied, and ports. */
import type { Environment, Evaluator } from '../environment.js';
import { demandFault } from '../faults/index.js';
import { withDefaults, type MockClient, type MockOptions, type PushTarget, type Settings } from '../options.js';
import type { Ops, OpsOptions } from '../ops/open-ops.js';
import type { Ports } from '../ports.js';
import { honestSeams, type Seams } from '../seams/seams.js';
import { openPorts } from './open-ports.js';
import { systemEnvironment } from '../system-environment.js';

export type AssembleOptions = MockOptions & {
  /** Default for each member: that of Node.js. */
  readonly environment?: Partial<Environment>;
  readonly seams?: Partial<Seams>;
  /** The state of an earlier mock, which goes on where that one has stopped. Default: a new one, from `store`. */
  readonly ports?: Ports;
  /** Names of the faults (`mock/faults`) that the mock has. */
  readonly faults?: readonly string[];
};

export interface Setup {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly seams: Seams;
  readonly ports: Ports;
  readonly clients: NonNullable<MockOptions['clients']>;
  readonly primary: MockClient;
  readonly second: MockClient;
  readonly evaluator: Evaluator;
  readonly push: PushTarget | undefined;
  /** Not to be called before the server listens. */
  readonly baseUrl: () => string;
  /** An unguessable string. In hexadecimal, so that it never starts with a hyphen like a command line flag. */
  readonly newToken: () => string;
  /** What its operator sees; undefined if the option `operations` is off. */
  readonly ops: Ops | undefined;
  /** Reports a bug of the mock. */
  readonly onBug: (error: unknown) => void;
}

const openOps = async (options: OpsOptions): Promise<Ops> => (await import('../ops/open-ops.js')).openOps(options);

/** Rejects with UnknownFault or a StoreError. */
export const setUp = async (options: AssembleOptions, baseUrl: () => string): Promise<Setup> => {
  const environment: Environment = { ...systemEnvironment, ...options.environment };
  const faults = (options.faults ?? []).map(demandFault);
  const settings = withDefaults(
    faults.reduce<MockOptions>((given, fault) => ({ ...given, ...fault.options }), options),
  );
  const seams = faults.reduce<Seams>((base, fault) => ({ ...base, ...fault.seams(base, environment) }), {
    ...honestSeams(environment.newId, () => environment.clock.sleep(0)),
    ...options.seams,
  });
  const newToken = (): string => Buffer.from(environment.randomBytes(24)).toString('hex');
  const clients = options.clients ?? [
    { name: 'primary', token: newToken() },
    { name: 'second', token: newToken() },
  ];
  const [primary, second] = clients;
  const { logger } = settings;
  const ports = options.ports ?? (await openPorts(options.store ?? 'memory', { environment, seams, settings }));
  return {
    environment,
    settings,
    seams,
    ports,
    clients,
    primary,
    second,
    evaluator: environment.newEvaluator(),
    push: options.push,
    ops: settings.operations
      ? await openOps({ settings, ports, clock: environment.clock, clients, bucketOf: seams.bucketOf })
      : undefined,
    baseUrl,
    newToken,
    onBug: (error) => logger?.error({ err: error }, 'bug in the mock'),
  };
};
