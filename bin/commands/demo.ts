/** `scim-conformance demo`: starts the bundled mock and runs the suite against it. */
import type { CommandModule } from 'yargs';
import { pollUrlOf } from '../mock/poll-url.js';
import { runAndPresent } from '../presentation/present.js';
import { printPlan } from '../presentation/print-plan.js';
import { presentationOf } from '../options/output-options.js';
import { profileOf } from '../options/profile-option.js';
import { runFlags, runOptionsOf, type RunFlags } from '../options/run-options.js';

export const demoCommand: CommandModule<unknown, RunFlags> = {
  command: 'demo',
  describe: 'Start the bundled mock on a free port and run the suite against it',
  builder: runFlags,
  handler: async (flags) => {
    // The mock is loaded only for this command, because loading takes time.
    const { startMock } = await import('../../mock/index.js');
    const { wire } = profileOf(flags.profile);
    const mock = await startMock({ webhookLoopback: true, ...(wire === undefined ? {} : { wire }) });
    try {
      const target = { baseUrl: mock.url, token: mock.tokens.primary, secondToken: mock.tokens.second };
      const options = runOptionsOf(flags, target);
      const { setPush } = options;
      if (flags.dryRun === true) {
        await printPlan(options);
        return;
      }
      await runAndPresent(
        {
          setPoll: pollUrlOf(mock.url, wire),
          webhooks: { port: 0 },
          ...options,
          ...(setPush === undefined ? {} : { setPush: { ...setPush, onListening: (url) => mock.pushTo({ url }) } }),
        },
        { ...presentationOf(flags), tap: flags.tap ?? false },
      );
    } finally {
      await mock.stop();
    }
  },
};
