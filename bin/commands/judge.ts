/** `scim-conformance judge TRACE`: judges a recorded run again, without the target. */
import type { CommandModule } from 'yargs';
import { judgeRecording, readRecording, RecordingError, type Recording } from '../../suites/index.js';
import { gateFlags, gateOf, reportFilesOf, reportFlags, type GateFlags, type ReportFlags } from '../output-options.js';
import { present } from '../present.js';
import { readText } from '../read-file.js';
import { UsageError } from '../usage-error.js';

interface JudgeFlags extends ReportFlags, GateFlags {
  readonly recording?: string | undefined;
}

const readTrace = (file: string): Recording => {
  try {
    return readRecording(readText(file, 'the trace'));
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    throw new UsageError(`${file} is not a run that --trace recorded: ${error.message}`);
  }
};

export const judgeCommand: CommandModule<unknown, JudgeFlags> = {
  command: 'judge <recording>',
  describe: 'Judge a run again that --trace recorded, without the target',
  builder: (yargs) =>
    gateFlags(reportFlags(yargs)).positional('recording', {
      type: 'string',
      describe: 'File that a run wrote with --trace',
    }),
  handler: async (flags) => {
    const files = reportFilesOf(flags);
    const gate = gateOf(flags);
    const recording = readTrace(flags.recording ?? '');
    await present(({ onEvent }) => judgeRecording(recording, { gate, onEvent }), {
      files,
      writeBaseline: flags.writeBaseline,
      failOn: flags.failOn,
      tap: flags.tap,
      color: flags.color,
    });
  },
};
