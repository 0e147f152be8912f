/** `scim-conformance mock`: runs the reference provider until it is stopped. */
import type { CommandModule } from 'yargs';
import type { Mock, StartOptions } from '../../mock/index.js';
import { mockFlags, mockOptionsOf, type MockFlags } from '../mock/mock-flags.js';
import { UsageError } from '../usage/usage-error.js';

/** A usage error if the user can do something about it. */
const explained = (error: unknown, { port = 0 }: StartOptions): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new UsageError(`port ${port} is in use: choose another one with --port; 0 chooses a free one`);
  if (code === 'EACCES') return new UsageError(`this user must not open port ${port}: choose another one with --port`);
  return error;
};

/** Where its operator looks. The live page is shown to this machine only. */
const operationsOf = ({ operations = false, host = '' }: StartOptions, { url, port }: Mock): string => {
  if (!operations) return '';
  const { origin } = new URL(url);
  const page = ['0.0.0.0', '::'].includes(host) ? `http://127.0.0.1:${port}` : origin;
  return `Watch it on this machine at:\n  ${page}/\nIts metrics are at:\n  ${origin}/metrics\n`;
};

export const mockCommand: CommandModule<unknown, MockFlags> = {
  command: 'mock',
  describe: 'Start the reference provider; Ctrl-C stops it',
  builder: mockFlags,
  handler: async (flags) => {
    const options = await mockOptionsOf(flags);
    if (flags['list-faults']) {
      const { faults } = await import('../../mock/index.js');
      const width = Math.max(...faults.map(({ name }) => name.length));
      const lines = faults.map(({ name, title, breaks }) => `${name.padEnd(width)}  ${breaks.join(', ')}: ${title}`);
      process.stdout.write(`${lines.join('\n')}\n`);
      return;
    }
    // Only what this command needs of the mock: loading all of it takes as long again.
    const { startMock } = await import('../../mock/assembly/start-mock.js');
    const mock = await startMock(options).catch(async (error: unknown) => {
      const { AmqpError, OptionError, StoreError, UnknownFault } = await import('../../mock/index.js');
      if (error instanceof UnknownFault || error instanceof OptionError) throw new UsageError(error.message);
      if (error instanceof StoreError) throw new UsageError(`--store: ${error.message} (${error.code})`);
      if (error instanceof AmqpError) throw new UsageError(`--amqp: ${error.message} (${error.code})`);
      throw explained(error, options);
    });
    const [primary] = options.clients ?? [];
    const isKnown = flags.token !== undefined || flags.config !== undefined;
    const generated = isKnown || primary === undefined ? '' : `\n  --token ${primary.token}`;
    const wrong = options.faults?.length ? `\nIt has these faults on purpose: ${options.faults.join(', ')}` : '';
    const { publicUrl = mock.url } = options;
    process.stdout.write(
      `The mock listens at ${mock.url}${wrong}\nTest it with:\n  scim-conformance --target ${publicUrl}${generated}\nTo poll its events, add:\n  --set-poll ${publicUrl}/events/poll\n${operationsOf(options, mock)}`,
    );
    await new Promise<void>((resolve) => {
      process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
    });
    await mock.stop();
  },
};
