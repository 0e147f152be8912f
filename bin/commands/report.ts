/** `scim-conformance report RUN.json`: shows a report, or writes it in other formats. */
import type { CommandModule } from 'yargs';
import { reportFilesOf, reportFlags, type ReportFlags } from '../options/output-options.js';
import { writeReports } from '../presentation/outputs.js';
import { printSummary } from '../presentation/print-summary.js';
import type { Report } from '../../schemas/types.js';
import { readPrivateKey } from '../attestation/keys.js';
import { readReport, readText } from '../files/read-file.js';
import { writeWhole } from '../files/write-file.js';
import { UsageError } from '../usage/usage-error.js';

interface ReportCommandFlags extends ReportFlags {
  readonly run?: string | undefined;
  readonly attest?: string | undefined;
  readonly trace?: string | undefined;
  readonly attestation?: string | undefined;
}

/** Signs the run, if that is asked for. Throws UsageError. */
const attest = async (
  report: Report,
  { run = '', attest: keyFile, trace, attestation }: ReportCommandFlags,
): Promise<void> => {
  if (keyFile === undefined) {
    if (trace !== undefined || attestation !== undefined)
      throw new UsageError('--trace and --attestation belong to --attest: give the key, too');
    return;
  }
  if (trace === undefined) throw new UsageError('--attest needs --trace: the file that the run wrote with --trace');
  const { attestationOf, sign } = await import('../attestation/attestation.js');
  const key = readPrivateKey(keyFile, '--attest');
  const jws = await sign(attestationOf(report, readText(trace, '--trace')), key);
  await writeWhole(attestation ?? `${run}.jws`, `${jws}\n`, '--attestation');
};

export const reportCommand: CommandModule<unknown, ReportCommandFlags> = {
  command: 'report <run>',
  describe: 'Show a JSON report, or write it in other formats',
  builder: (yargs) =>
    reportFlags(yargs)
      .positional('run', { type: 'string', describe: 'File that a run wrote with --json' })
      .option('attest', {
        type: 'string',
        requiresArg: true,
        describe: 'Sign the run with this private key (PEM or JWK); «verify» checks the signature',
      })
      .option('trace', {
        type: 'string',
        requiresArg: true,
        describe: 'With --attest: file that the run wrote with --trace',
      })
      .option('attestation', {
        type: 'string',
        requiresArg: true,
        describe: 'With --attest: file for the signature; default: the name of the report with .jws',
      }),
  handler: async (flags) => {
    const files = reportFilesOf({ ...flags, report: flags.tap === true ? [...flags.report, 'tap=-'] : flags.report });
    const report = readReport(flags.run ?? '');
    await attest(report, flags);
    if (files.length === 0) printSummary(report, flags);
    await writeReports(report, files);
  },
};
