/** `scim-conformance judge TRACE`: judges a recorded run again, without the target. */
import type { CommandModule } from 'yargs';
import { judgeRecording } from '../../suites/index.js';
import {
  demandClients,
  gateFlags,
  gateOf,
  presentationOf,
  reportFlags,
  type GateFlags,
  type ReportFlags,
} from '../options/output-options.js';
import { chosenProfile, profileFlag, type ProfileFlags } from '../options/profile-option.js';
import { present } from '../presentation/present.js';
import { readTrace } from '../files/read-trace.js';

interface JudgeFlags extends ReportFlags, GateFlags, ProfileFlags {
  readonly recording?: string | undefined;
}

export const judgeCommand: CommandModule<unknown, JudgeFlags> = {
  command: 'judge <recording>',
  describe: 'Judge a recorded run (--trace) again, without the target',
  builder: (yargs) =>
    profileFlag(gateFlags(reportFlags(yargs))).positional('recording', {
      type: 'string',
      describe: 'File that a run wrote with --trace',
    }),
  handler: async (flags) => {
    const presentation = presentationOf(flags);
    const recording = readTrace(flags.recording ?? '');
    demandClients(flags, recording.head.settings.clients);
    // A later version may have another default; without --profile the profile of the run is used.
    const chosen = chosenProfile(flags.profile, recording.head.profile);
    const gate = gateOf(flags, chosen.profile);
    await present(({ onEvent }) => judgeRecording(recording, { gate, onEvent, ...chosen }), presentation);
  },
};
