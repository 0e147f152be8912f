/** `scim-conformance demo`: the bundled mock and the whole suite against it, in one command. */
import type { CommandModule } from 'yargs';
import { runAndPresent } from '../present.js';
import { runFlags, runOptionsOf, type RunFlags } from '../run-options.js';

export const demoCommand: CommandModule<unknown, RunFlags> = {
  command: 'demo',
  describe: 'Start the bundled mock on a free port and run the suite against it',
  builder: runFlags,
  handler: async (flags) => {
    // Only who needs the provider pays for loading it.
    const { startMock } = await import('../../mock/index.js');
    const mock = await startMock();
    try {
      const target = { baseUrl: mock.url, token: mock.tokens.primary, secondToken: mock.tokens.second };
      const events = {
        setPoll: `${mock.url}/events/poll`,
        setPush: { port: 0, onListening: (url: string) => mock.pushTo({ url }) },
      };
      await runAndPresent({ ...events, ...runOptionsOf(flags, target) }, { ...flags, tap: flags.tap ?? false });
    } finally {
      await mock.stop();
    }
  },
};
