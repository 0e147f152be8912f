/** `scim-conformance mock`: runs the reference provider until it is stopped. */
import { pino } from 'pino';
import type { CommandModule } from 'yargs';
import type { StartOptions } from '../../mock/index.js';
import { demandUrl } from '../options/binding-options.js';
import { UsageError } from '../usage/usage-error.js';

interface MockFlags {
  readonly port: number;
  readonly host: string;
  readonly 'public-url'?: string | undefined;
  readonly token?: string | undefined;
  readonly secondToken?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly rate?: number | undefined;
  readonly quiet: boolean;
  readonly 'async-request': 'none' | 'long' | 'request';
  readonly signing: 'ES256' | 'EdDSA' | 'none';
  readonly events: 'notice' | 'full' | 'none';
  readonly 'push-to'?: string | undefined;
  readonly fault: string[];
  readonly 'list-faults': boolean;
}

const optionsOf = (flags: MockFlags): StartOptions => {
  const { port, host, token, secondToken, retryAfter = 1, rate, quiet, fault } = flags;
  const { 'push-to': pushTo, 'public-url': publicUrl } = flags;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port takes a port from 0 to 65535');
  if (!Number.isInteger(retryAfter) || retryAfter < 0)
    throw new UsageError('--retry-after takes a whole number of seconds');
  if (rate !== undefined && !(rate > 0))
    throw new UsageError('--rate takes a number of requests per second greater than 0');
  const fallback = (name: string): string => `${name}-${crypto.randomUUID()}`;
  return {
    port,
    host,
    ...(publicUrl === undefined ? {} : { publicUrl: demandUrl(publicUrl, '--public-url').replace(/\/+$/, '') }),
    retryAfterSeconds: retryAfter,
    asyncRequest: flags['async-request'],
    signing: flags.signing,
    provisioningEvents: flags.events,
    ...(pushTo === undefined ? {} : { push: { url: demandUrl(pushTo, '--push-to') } }),
    faults: fault.flatMap((name) => name.split(',')),
    clients: [
      { name: 'primary', token: token ?? fallback('primary') },
      { name: 'second', token: secondToken ?? fallback('second') },
    ],
    ...(rate === undefined ? {} : { rateLimit: { capacity: Math.max(1, Math.ceil(rate)), refillPerSecond: rate } }),
    ...(quiet ? {} : { logger: pino({ base: null }, pino.destination(2)) }),
  };
};

export const mockCommand: CommandModule<unknown, MockFlags> = {
  command: 'mock',
  describe: 'Start the reference provider; Ctrl-C stops it',
  builder: (yargs) =>
    yargs
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
      .option('quiet', { type: 'boolean', default: false, describe: 'Write no log to standard error' }),
  handler: async (flags) => {
    const options = optionsOf(flags);
    // The mock is loaded only for this command, because loading takes time.
    const { faults, startMock, UnknownFault } = await import('../../mock/index.js');
    if (flags['list-faults']) {
      const width = Math.max(...faults.map(({ name }) => name.length));
      const lines = faults.map(({ name, title, breaks }) => `${name.padEnd(width)}  ${breaks.join(', ')}: ${title}`);
      process.stdout.write(`${lines.join('\n')}\n`);
      return;
    }
    const mock = await startMock(options).catch((error: unknown) => {
      if (error instanceof UnknownFault) throw new UsageError(error.message);
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EADDRINUSE')
        throw new UsageError(`port ${flags.port} is in use: choose another one with --port; 0 chooses a free one`);
      if (code === 'EACCES')
        throw new UsageError(`this user must not open port ${flags.port}: choose another one with --port`);
      throw error;
    });
    const generated = flags.token === undefined ? `\n  --token ${mock.tokens.primary}` : '';
    const wrong = options.faults?.length ? `\nIt has these faults on purpose: ${options.faults.join(', ')}` : '';
    const { publicUrl = mock.url } = options;
    process.stdout.write(
      `The mock listens at ${mock.url}${wrong}\nTest it with:\n  scim-conformance --target ${publicUrl}${generated}\nTo poll its events, add:\n  --set-poll ${publicUrl}/events/poll\n`,
    );
    await new Promise<void>((resolve) => {
      process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
    });
    await mock.stop();
  },
};
