/** The flags of `mock`, and the options that they and the file of `--config` give together: a flag wins. */
import { openSync, writeSync } from 'node:fs';
import { pino } from 'pino';
import type { Argv } from 'yargs';
import type { MockClient, StartOptions } from '../../mock/index.js';
import { demandUrl } from '../options/demand-url.js';
import { givenFlags } from '../options/given-flags.js';
import type { ProfileFlags } from '../options/profile-option.js';
import { UsageError } from '../usage/usage-error.js';
import { readMockFile } from './mock-file.js';

export interface MockFlags extends ProfileFlags {
  readonly config?: string | undefined;
  readonly store: string;
  readonly port: number;
  readonly host: string;
  readonly 'public-url'?: string | undefined;
  readonly token?: string | undefined;
  readonly 'second-token'?: string | undefined;
  readonly 'retry-after': number;
  readonly rate?: number | undefined;
  readonly quiet: boolean;
  readonly 'async-request': 'none' | 'long' | 'request';
  readonly signing: 'ES256' | 'EdDSA' | 'none';
  readonly events: 'notice' | 'full' | 'none';
  readonly 'push-to'?: string | undefined;
  readonly 'webhook-loopback': boolean;
  readonly 'audit-log'?: string | undefined;
  readonly amqp?: string | undefined;
  readonly 'amqp-queue': string;
  readonly ops: boolean;
  readonly fault: string[];
  readonly 'list-faults': boolean;
}

export const mockFlags = (yargs: Argv): Argv<MockFlags> =>
  yargs
    .option('profile', {
      type: 'string',
      requiresArg: true,
      describe:
        'Profile file, whose names the mock speaks (docs/overlays.md); a version, such as 1.1, has the usual names',
    })
    .option('config', {
      type: 'string',
      requiresArg: true,
      describe: 'JSON file with options of the mock (schemas/files/mock.json); flags win over it',
    })
    .option('store', {
      type: 'string',
      default: 'memory',
      requiresArg: true,
      describe:
        'Where all state is kept: memory, or a PostgreSQL database that several processes can share, as in postgres://user@host:5432/database',
    })
    .option('port', { type: 'number', default: 0, requiresArg: true, describe: 'Port; 0 chooses a free one' })
    .option('host', { type: 'string', default: '127.0.0.1', requiresArg: true, describe: 'Address to listen on' })
    .option('public-url', {
      type: 'string',
      requiresArg: true,
      describe: 'SCIM base URL at which clients reach the mock, if a reverse proxy stands before it',
    })
    .option('token', {
      type: 'string',
      requiresArg: true,
      describe: 'Bearer token of the first client; random by default',
    })
    .option('second-token', {
      type: 'string',
      requiresArg: true,
      describe: 'Bearer token of the second client; random by default',
    })
    .option('retry-after', {
      type: 'number',
      default: 1,
      requiresArg: true,
      describe: 'Value of Retry-After: seconds between two polls',
    })
    .option('rate', {
      type: 'number',
      requiresArg: true,
      describe: 'Requests per second that each client may send; without it 400, with bursts of up to 500',
    })
    .option('async-request', {
      choices: ['request', 'long', 'none'] as const,
      default: 'request' as const,
      requiresArg: true,
      describe: 'Value of asyncRequest in securityEvents (RFC 9967 §4): when requests are answered asynchronously',
    })
    .option('signing', {
      choices: ['ES256', 'EdDSA', 'none'] as const,
      default: 'ES256' as const,
      requiresArg: true,
      describe: 'How security event tokens are signed',
    })
    .option('events', {
      choices: ['notice', 'full', 'none'] as const,
      default: 'notice' as const,
      requiresArg: true,
      describe: 'Content of provisioning events: notice: names of attributes; full: the data; none: no such events',
    })
    .option('push-to', {
      type: 'string',
      requiresArg: true,
      describe: 'URL to which the events of the first client are pushed',
    })
    .option('webhook-loopback', {
      type: 'boolean',
      default: false,
      describe: 'Deliver to webhooks on this machine, too, by plain http: for tests',
    })
    .option('audit-log', {
      type: 'string',
      requiresArg: true,
      describe: 'File to which the audit trail is appended, one JSON object a line',
    })
    .option('amqp', {
      type: 'string',
      requiresArg: true,
      describe: 'Broker from which messages are taken, too, as in amqp://user:password@host:5672/vhost',
    })
    .option('amqp-queue', {
      type: 'string',
      default: 'scim.provision',
      requiresArg: true,
      describe: 'Queue of the broker; what can never be done goes to a queue of this name with «.dead»',
    })
    .option('ops', {
      type: 'boolean',
      default: false,
      describe: 'Serve /healthz, /readyz, /metrics and a live page at /, and make OpenTelemetry traces',
    })
    .option('fault', {
      type: 'string',
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe: 'Name of a fault that the mock has; may be given several times',
    })
    .option('list-faults', {
      type: 'boolean',
      default: false,
      describe: 'List the faults, each with the requirements that it breaks',
    })
    .option('quiet', { type: 'boolean', default: false, describe: 'Write no log to standard error' });

/** Appends each value to a file as a line of JSON. Throws UsageError if the file cannot be written. */
const appendTo = (file: string): ((value: unknown) => void) => {
  try {
    const handle = openSync(file, 'a', 0o600);
    return (value) => void writeSync(handle, `${JSON.stringify(value)}\n`);
  } catch (error) {
    throw new UsageError(
      `--audit-log ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

const randomToken = (name: string): string => `${name}-${crypto.randomUUID()}`;

/** The options of the flags; of those that were not given, their defaults. */
const optionsOfFlags = (flags: MockFlags): StartOptions => {
  const { port, host, store, rate, fault, amqp } = flags;
  const { 'push-to': pushTo, 'public-url': publicUrl, 'retry-after': retryAfter, 'audit-log': auditLog } = flags;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port takes a port from 0 to 65535');
  if (!Number.isInteger(retryAfter) || retryAfter < 0)
    throw new UsageError('--retry-after takes a whole number of seconds');
  if (rate !== undefined && !(rate > 0))
    throw new UsageError('--rate takes a number of requests per second greater than 0');
  return {
    port,
    host,
    store,
    ...(publicUrl === undefined ? {} : { publicUrl: demandUrl(publicUrl, '--public-url').replace(/\/+$/, '') }),
    retryAfterSeconds: retryAfter,
    asyncRequest: flags['async-request'],
    signing: flags.signing,
    provisioningEvents: flags.events,
    ...(pushTo === undefined ? {} : { push: { url: demandUrl(pushTo, '--push-to') } }),
    webhookLoopback: flags['webhook-loopback'],
    operations: flags.ops,
    ...(auditLog === undefined ? {} : { auditLog: appendTo(auditLog) }),
    ...(amqp === undefined ? {} : { amqp }),
    amqpQueue: flags['amqp-queue'],
    faults: fault.flatMap((name) => name.split(',')),
    ...(rate === undefined ? {} : { rateLimit: { capacity: Math.max(1, Math.ceil(rate)), refillPerSecond: rate } }),
  };
};

/** The flag of each option that has one, if their names differ otherwise than in hyphens. */
const flagOf: Partial<Record<keyof StartOptions, string>> = {
  faults: 'fault',
  publicUrl: 'public-url',
  asyncRequest: 'async-request',
  provisioningEvents: 'events',
  operations: 'ops',
  webhookLoopback: 'webhook-loopback',
  push: 'push-to',
  rateLimit: 'rate',
  amqpQueue: 'amqp-queue',
  retryAfterSeconds: 'retry-after',
};

const clientsOf = (
  { token, 'second-token': secondToken }: MockFlags,
  inFile: StartOptions['clients'],
): NonNullable<StartOptions['clients']> => {
  const [first, second, ...others]: readonly (MockClient | undefined)[] = inFile ?? [];
  const known = others.filter((client) => client !== undefined);
  return [
    { ...first, name: first?.name ?? 'primary', token: token ?? first?.token ?? randomToken('primary') },
    { ...second, name: second?.name ?? 'second', token: secondToken ?? second?.token ?? randomToken('second') },
    ...known,
  ];
};

/** The names of a profile. The profiles are loaded only if one is named, because loading them takes longer than the mock. */
const wireOf = async ({ profile }: MockFlags): Promise<StartOptions['wire']> =>
  profile === undefined ? undefined : (await import('../options/profile-option.js')).profileOf(profile).wire;

/** Rejects with UsageError. */
export const mockOptionsOf = async (flags: MockFlags, given = givenFlags()): Promise<StartOptions> => {
  const file = flags.config === undefined ? undefined : readMockFile(flags.config);
  const inFile = file?.options ?? {};
  const ofFlags = optionsOfFlags(flags);
  const isFromFile = (name: string): boolean =>
    name in inFile && !given.has(flagOf[name as keyof StartOptions] ?? name);
  const isQuiet = given.has('quiet') ? flags.quiet : (file?.isQuiet ?? flags.quiet);
  const wire = await wireOf(flags);
  return {
    ...inFile,
    ...Object.fromEntries(Object.entries(ofFlags).filter(([name]) => !isFromFile(name))),
    clients: clientsOf(flags, inFile.clients),
    ...(wire === undefined ? {} : { wire }),
    ...(isQuiet ? {} : { logger: pino({ base: null }, pino.destination(2)) }),
  };
};
