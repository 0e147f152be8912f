/** `scim-conformance diff A B`: shows what is better and what is worse than in an earlier run. */
import type { CommandModule } from 'yargs';
import type { RequirementResult } from '../../schemas/types.js';
import { compareReports, type Difference, type Report } from '../../suites/index.js';
import { printable } from '../../reports/text/visible-text.js';
import { readReport } from '../files/read-file.js';

interface DiffFlags {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly json: boolean;
}

const headings: Record<Difference['kind'], string> = {
  new: 'New failures',
  warned: 'New warnings',
  fixed: 'Fixed',
  changed: 'Changed',
  unexercised: 'No longer exercised',
};

/** Whether an outcome says something about the target. */
const isVerdict = (outcome: RequirementResult['outcome']): boolean =>
  ['pass', 'fail', 'warning', 'ambiguous'].includes(outcome);

/** Reasons why two runs are hard to compare, in sentences. */
const caveats = (before: Report, after: Report): string[] => [
  ...(before.settings.target === after.settings.target
    ? []
    : [`The targets are different: ${printable(before.settings.target)}, ${printable(after.settings.target)}.`]),
  ...(before.tool === after.tool && before.profile === after.profile
    ? []
    : [
        `The versions are different: scim-conformance ${before.tool} (profile ${before.profile}), ${after.tool} (profile ${after.profile}).`,
      ]),
];

export const diffCommand: CommandModule<unknown, DiffFlags> = {
  command: 'diff <before> <after>',
  describe:
    'Compare two JSON reports. Exit code 1: there is a new failure; 2: there is a new error of this tool; 3: the newer run judged nothing',
  builder: (yargs) =>
    yargs
      .positional('before', { type: 'string', describe: 'The older report' })
      .positional('after', { type: 'string', describe: 'The newer report' })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' }),
  handler: ({ before = '', after = '', json }) => {
    const reports = [readReport(before), readReport(after)] as const;
    const differences = compareReports(...reports);
    if (json) process.stdout.write(`${JSON.stringify(differences, null, 2)}\n`);
    else {
      const kinds = Object.keys(headings) as Difference['kind'][];
      const lines = kinds.flatMap((kind) => {
        const those = differences.filter((difference) => difference.kind === kind);
        if (those.length === 0) return [];
        return [
          `${headings[kind]} (${those.length})`,
          ...those.map(({ id, title, codes, before: was = 'not in the report', after: is = 'not in the report' }) =>
            printable(
              [
                `  ${id.padEnd(8)} ${was} → ${is}  ${title}`,
                ...codes.new.map((code) => `           + ${code}`),
                ...codes.gone.map((code) => `           − ${code}`),
              ].join('\n'),
            ),
          ),
          '',
        ];
      });
      const [first, second] = reports;
      process.stdout.write(
        [
          ...caveats(first, second),
          ...lines,
          `${first.verdict} → ${second.verdict}${differences.length === 0 ? ': nothing is different' : ''}`,
          '',
        ].join('\n'),
      );
    }
    // A run that judged nothing is not an improvement, although nothing fails in it.
    if (reports[1].requirements.every(({ outcome }) => !isVerdict(outcome))) process.exitCode = 3;
    if (differences.some(({ kind }) => kind === 'new')) process.exitCode = 1;
    // Last, because an error of this tool is more urgent than a failure of the target.
    if (differences.some(({ after: is }) => is === 'harness-error')) process.exitCode = 2;
  },
};
