/** What a mock is made of: its options with their defaults, and its seams with the faults in their places. */
import type { Environment } from '../environment.js';
import { demandFault } from '../faults/index.js';
import { withDefaults, type MockClient, type MockOptions, type PushTarget, type Settings } from '../options.js';
import type { Ports } from '../ports.js';
import { honestSeams, type Seams } from '../seams/seams.js';
import { createMemoryPorts } from '../store/memory/memory-ports.js';
import { systemEnvironment } from '../system-environment.js';

export type AssembleOptions = MockOptions & {
  /** What is not given is the machine's. */
  readonly environment?: Partial<Environment>;
  readonly seams?: Partial<Seams>;
  /** Names of faults (`mock/faults`) that it has. */
  readonly faults?: readonly string[];
};

export interface Setup {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly seams: Seams;
  readonly ports: Ports;
  readonly clients: readonly MockClient[];
  readonly primary: MockClient;
  readonly second: MockClient;
  readonly push: PushTarget | undefined;
  /** Known when the server listens. */
  readonly baseUrl: () => string;
  /** An unguessable string; in hexadecimal, so that no flag of a command line begins like it. */
  readonly newToken: () => string;
  /** Told of what is no client's fault: the mock's own bug. */
  readonly onBug: (error: unknown) => void;
}

/** Throws UnknownFault. */
export const setUp = (options: AssembleOptions, baseUrl: () => string): Setup => {
  const environment: Environment = { ...systemEnvironment, ...options.environment };
  const faults = (options.faults ?? []).map(demandFault);
  const settings = withDefaults(
    faults.reduce<MockOptions>((given, fault) => ({ ...given, ...fault.options }), options),
  );
  const seams = faults.reduce<Seams>((base, fault) => ({ ...base, ...fault.seams(base, environment) }), {
    ...honestSeams(environment.newId),
    ...options.seams,
  });
  const newToken = (): string => Buffer.from(environment.randomBytes(24)).toString('hex');
  const clients = options.clients ?? [
    { name: 'primary', token: newToken() },
    { name: 'second', token: newToken() },
  ];
  const [primary, second] = clients;
  const { logger } = settings;
  return {
    environment,
    settings,
    seams,
    ports: createMemoryPorts({ environment, newId: seams.newId, settings }),
    clients,
    primary,
    second,
    push: options.push,
    baseUrl,
    newToken,
    onBug: (error) => logger?.error({ err: error }, 'bug in the mock'),
  };
};
