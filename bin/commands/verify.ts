/** `scim-conformance verify RUN.jws`: whether a run was signed, and whether its trace says what its report says. */
import type { CommandModule } from 'yargs';
import type { Report } from '../../schemas/types.js';
import { judgeRecording } from '../../suites/index.js';
import { readPublicKey } from '../attestation/keys.js';
import { readReport, readText } from '../files/read-file.js';
import { readTrace } from '../files/read-trace.js';
import { profileFlag, profileOf, type ProfileFlags } from '../options/profile-option.js';

interface VerifyFlags extends ProfileFlags {
  readonly attestation?: string | undefined;
  readonly key: string;
  readonly report: string;
  readonly trace: string;
}

interface Check {
  readonly holds: boolean;
  readonly text: string;
}

/** Whether the key signed this report and this trace. */
const checkSignature = async ({ attestation = '', key, trace }: VerifyFlags, report: Report): Promise<Check[]> => {
  const { differences, opened } = await import('../attestation/attestation.js');
  const signed = await opened(readText(attestation, 'the attestation'), readPublicKey(key, '--key'));
  if (signed === undefined) return [{ holds: false, text: 'the key did not sign this attestation, or it is none' }];
  const changed = differences(signed, report, readText(trace, '--trace'));
  return [
    { holds: true, text: `signed: run ${signed.run} of ${signed.startedAt}, ${signed.verdict}` },
    changed.length === 0
      ? { holds: true, text: 'report and trace are those that were signed' }
      : { holds: false, text: `not as it was signed: ${changed.join(', ')}` },
  ];
};

/** Whether the trace, judged again, leads to the outcomes of the report. */
const checkVerdict = async ({ trace, profile }: VerifyFlags, report: Report): Promise<Check> => {
  const recording = readTrace(trace);
  const again = await judgeRecording(recording, { profile: profileOf(profile, report.profile) });
  const other = report.requirements.filter(
    ({ id, outcome }) => again.requirements.find((result) => result.id === id)?.outcome !== outcome,
  );
  if (again.verdict === report.verdict && other.length === 0)
    return { holds: true, text: `the trace, judged again, is ${again.verdict} in every requirement of the report` };
  const ids = other.map(({ id }) => id).join(', ');
  return {
    holds: false,
    text: `the trace, judged again, is ${again.verdict}; the report says ${report.verdict}${ids === '' ? '' : `; other outcomes: ${ids}`}`,
  };
};

export const verifyCommand: CommandModule<unknown, VerifyFlags> = {
  command: 'verify <attestation>',
  describe:
    'Check the signature of a run (report --attest), and judge its trace again. Exit code 1: something does not hold',
  builder: (yargs) =>
    profileFlag(yargs)
      .positional('attestation', { type: 'string', describe: 'File that «report --attest» wrote' })
      .option('key', { type: 'string', demandOption: true, requiresArg: true, describe: 'Public key (PEM or JWK)' })
      .option('report', { type: 'string', demandOption: true, requiresArg: true, describe: 'JSON report of the run' })
      .option('trace', { type: 'string', demandOption: true, requiresArg: true, describe: 'Trace of the run' }),
  handler: async (flags) => {
    const report = readReport(flags.report, '--report');
    const checks = [...(await checkSignature(flags, report)), await checkVerdict(flags, report)];
    for (const { holds, text } of checks) process.stdout.write(`${holds ? 'ok    ' : 'not ok'} ${text}\n`);
    if (checks.some(({ holds }) => !holds)) process.exitCode = 1;
  },
};
