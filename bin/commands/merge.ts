/** `scim-conformance merge PART…`: combines the reports of all parts of a run, and applies the gate to the whole. */
import type { CommandModule } from 'yargs';
import { replayEvents } from '../../reports/replay-events.js';
import { mergeReports, MergeError, type Report } from '../../suites/index.js';
import {
  demandClients,
  gateFlags,
  gateOf,
  presentationOf,
  reportFlags,
  type GateFlags,
  type ReportFlags,
} from '../options/output-options.js';
import { profileFlag, profileOf, type ProfileFlags } from '../options/profile-option.js';
import { present } from '../presentation/present.js';
import { readReport } from '../files/read-file.js';
import { UsageError } from '../usage/usage-error.js';

interface MergeFlags extends ReportFlags, GateFlags, ProfileFlags {
  readonly parts?: string[] | undefined;
}

const merged = (parts: readonly Report[], flags: MergeFlags): Report => {
  demandClients(flags, parts[0]?.settings.clients);
  const profile = profileOf(flags.profile, parts[0]?.profile);
  try {
    return mergeReports(parts, gateOf(flags, profile), profile);
  } catch (error) {
    if (!(error instanceof MergeError)) throw error;
    throw new UsageError(`these reports cannot be merged: ${error.message}`);
  }
};

export const mergeCommand: CommandModule<unknown, MergeFlags> = {
  command: 'merge <parts..>',
  describe: 'Combine the JSON reports of all parts of a run (--shard)',
  builder: (yargs) =>
    profileFlag(gateFlags(reportFlags(yargs))).positional('parts', {
      type: 'string',
      array: true,
      describe: 'Files that the parts wrote with --json',
    }),
  handler: async (flags) => {
    const presentation = presentationOf(flags);
    const report = merged(
      (flags.parts ?? []).map((file) => readReport(file)),
      flags,
    );
    await present(({ onEvent }) => {
      replayEvents(report, onEvent);
      return Promise.resolve(report);
    }, presentation);
  },
};
