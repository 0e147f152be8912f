/** `scim-conformance report RUN.json`: shows a report, or writes it in other formats. */
import type { CommandModule } from 'yargs';
import { reportFilesOf, reportFlags, type ReportFlags } from '../options/output-options.js';
import { writeReports } from '../presentation/outputs.js';
import { printSummary } from '../presentation/print-summary.js';
import { readReport } from '../files/read-file.js';

interface ReportCommandFlags extends ReportFlags {
  readonly run?: string | undefined;
}

export const reportCommand: CommandModule<unknown, ReportCommandFlags> = {
  command: 'report <run>',
  describe: 'Show a JSON report, or write it in other formats',
  builder: (yargs) =>
    reportFlags(yargs).positional('run', { type: 'string', describe: 'File that a run wrote with --json' }),
  handler: async (flags) => {
    const files = reportFilesOf({ ...flags, report: flags.tap === true ? [...flags.report, 'tap=-'] : flags.report });
    const report = readReport(flags.run ?? '');
    if (files.length === 0) printSummary(report, flags);
    await writeReports(report, files);
  },
};
