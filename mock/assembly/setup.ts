/** Turns the options of a mock into settings with defaults, seams with the faults applied, and ports. */
import type { Renames } from '../../schemas/wire/renames.js';
import { createTranslator, pathOfBase, type Translator } from '../../schemas/wire/translator.js';
import type { Environment, Evaluator } from '../environment.js';
import { builtInHandlers } from '../integration/messages/built-in-handlers.js';
import type { MessageHandlers } from '../message-handler.js';
import type { Fault } from '../faults/fault.js';
import { loadedFaults } from '../faults/loaded.js';
import { brokerAddress, type BrokerAddress } from '../integration/amqp/broker-address.js';
import { withDefaults, type MockClient, type MockOptions, type PushTarget, type Settings } from '../options.js';
import { createStatusGuard, type Source } from '../policy/client-address.js';
import type { Principal } from '../policy/principal.js';
import { createRights, type Rights } from '../policy/rights.js';
import type { Ops, OpsOptions } from '../ops/open-ops.js';
import type { Ports } from '../ports.js';
import { honestSeams, type Seams } from '../seams/seams.js';
import { mistakeInName } from '../resources/bounds.js';
import { OptionError, type Policy } from '../security-options.js';
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
  /** How the wire calls what the mock names; `mistakesInRenames` finds nothing in it. Default: as the mock does. */
  readonly wire?: Renames;
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
  /** Where messages are taken from besides HTTP. */
  readonly broker: BrokerAddress | undefined;
  /** Verifies an access token. Rejects with a Problem. Undefined if there is no `oauth`. */
  readonly verify: ((token: string) => Promise<Principal>) | undefined;
  /** What clients may do by the policy. */
  readonly rights: Rights;
  /** Whether a status may be read from there. */
  readonly mayReadStatus: (source: Source) => boolean;
  /** Undefined if the wire has the names of the mock. Not to be used before the server listens. */
  readonly wire: Translator | undefined;
  /** Not to be called before the server listens. */
  readonly baseUrl: () => string;
  /** An unguessable string. In hexadecimal, so that it never starts with a hyphen like a command line flag. */
  readonly newToken: () => string;
  /** What its operator sees; undefined if the option `operations` is off. */
  readonly ops: Ops | undefined;
  /** Reports a bug of the mock. */
  readonly onBug: (error: unknown) => void;
}

/** Throws an OptionError if a rule is for no attribute. */
const demandAttributes = ({ attributes = [] }: Partial<Policy> = {}): void => {
  for (const rule of attributes)
    for (const name of rule.attributes) {
      const mistake = mistakeInName(name, rule.read !== undefined);
      if (mistake !== undefined) throw new OptionError(`policy: «${name}» ${mistake}`);
    }
};

/** Rejects with UnknownFault. */
const faultsOf = async (names: readonly string[]): Promise<Fault[]> => {
  if (names.length === 0) return [];
  const demandFault = loadedFaults() ?? (await import('../faults/index.js')).demandFault;
  return names.map(demandFault);
};

const openOps = async (options: OpsOptions): Promise<Ops> => (await import('../ops/open-ops.js')).openOps(options);

/** Rejects with UnknownFault, an OptionError, a StoreError or an AmqpError. */
export const setUp = async (options: AssembleOptions, baseUrl: () => string): Promise<Setup> => {
  const environment: Environment = { ...systemEnvironment, ...options.environment };
  const faults = await faultsOf(options.faults ?? []);
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
  // Before anything is opened that would have to be closed again.
  const broker = options.amqp === undefined ? undefined : brokerAddress(options.amqp, settings.amqpQueue);
  const rights = createRights(options.policy);
  const mayReadStatus = createStatusGuard(options);
  demandAttributes(options.policy);
  const { oauth } = options;
  const verify = oauth && (await (await import('../policy/access-tokens.js')).createAccessTokens(oauth, environment));
  const wire = options.wire && createTranslator(options.wire, () => [settings.basePath, pathOfBase(baseUrl())]);
  const ports = options.ports ?? (await openPorts(options.store ?? 'memory', { environment, seams, settings, wire }));
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
    broker,
    verify,
    rights,
    mayReadStatus,
    ops: settings.operations
      ? await openOps({ settings, ports, clock: environment.clock, clients, bucketOf: seams.bucketOf })
      : undefined,
    wire,
    baseUrl,
    newToken,
    onBug: (error) => logger?.error({ err: error }, 'bug in the mock'),
  };
};

/** What messages do, over HTTP and from a broker. */
export const handlersOf = ({ handlers }: Pick<Settings, 'handlers'>): MessageHandlers => ({
  ...builtInHandlers,
  ...handlers,
});
