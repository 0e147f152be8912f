/** The options that say where reports are written and what fails a run. */
import type { Argv } from 'yargs';
import { formats } from '../../reports/formats.js';
import { findRequirement, type FailOn, type GateOptions } from '../../suites/index.js';
import { readJson } from '../files/read-file.js';
import { demandWritable } from '../files/write-file.js';
import { UsageError } from '../usage/usage-error.js';

export type Format = keyof typeof formats;

/** A report in one format, and the file that it is written to; `-` is standard output. */
export interface ReportFile {
  readonly format: Format;
  readonly file: string;
}

const formatNames = Object.keys(formats) as Format[];

export const reportFlags = <T>(yargs: Argv<T>) =>
  yargs
    .option('report', {
      type: 'string',
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe: `Write a report to a file, as FORMAT=FILE; - is standard output; may be given several times. Formats: ${formatNames.join(', ')}`,
    })
    .option('json', { type: 'string', requiresArg: true, describe: 'Short for --report json=FILE' })
    .option('tap', { type: 'boolean', describe: 'Print TAP 14 on standard output, even on a terminal' })
    .option('color', { type: 'boolean', describe: 'Print in colour; --no-color turns it off' });

export interface ReportFlags {
  readonly report: string[];
  readonly json?: string | undefined;
  readonly tap?: boolean | undefined;
  readonly color?: boolean | undefined;
}

export const gateFlags = <T>(yargs: Argv<T>) =>
  yargs
    .option('fail-on', {
      choices: ['must', 'should', 'inconclusive'] as const,
      requiresArg: true,
      describe: 'What fails the run: a MUST only (the default), a SHOULD too, or anything inconclusive too',
    })
    .option('baseline', {
      type: 'string',
      requiresArg: true,
      describe: 'File of known failures. They do not fail the run; an entry that no longer fails does',
    })
    .option('write-baseline', {
      type: 'string',
      requiresArg: true,
      describe:
        'Write the failures of this run to this file as known failures; reasons that are already in it are kept',
    });

export interface GateFlags {
  readonly failOn?: FailOn | undefined;
  readonly baseline?: string | undefined;
  readonly writeBaseline?: string | undefined;
}

/** Throws UsageError. */
export const reportFilesOf = ({ report, json }: ReportFlags): ReportFile[] => {
  const files = report.map((text): ReportFile => {
    const [name = '', ...rest] = text.split('=');
    const file = rest.join('=');
    const format = formatNames.find((known) => known === name.toLowerCase());
    if (format === undefined || file === '') {
      throw new UsageError(
        `--report «${text}» is not of the form FORMAT=FILE, such as html=report.html. The formats are: ${formatNames.join(', ')}`,
      );
    }
    return { format, file };
  });
  const all = [...files, ...(json === undefined ? [] : [{ format: 'json' as const, file: json }])];
  const twice = all.find(({ file }, place) => all.findIndex((each) => each.file === file) !== place);
  if (twice !== undefined) throw new UsageError(`two reports cannot be written to the same file: ${twice.file}`);
  for (const { format, file } of all) if (file !== '-') demandWritable(file, `--report ${format}`);
  return all;
};

/** Format 1 knew no codes, so that one known failure of a requirement hides another one. */
const formatNotice = (file: string): string =>
  `notice: ${file} is a baseline of format 1, whose entries excuse whatever their requirement fails with. --write-baseline ${file} writes it again with codes (format 2), and keeps the reasons.\n`;

/** Throws UsageError. */
export const gateOf = ({ failOn, baseline, writeBaseline }: GateFlags): GateOptions => {
  if (writeBaseline !== undefined) demandWritable(writeBaseline, '--write-baseline');
  const given = baseline === undefined ? undefined : readJson(baseline, '--baseline', 'files/baseline');
  const known = given?.known;
  if (given?.format === 1 && given.known.length > 0) process.stderr.write(formatNotice(baseline ?? ''));
  const unknown = known?.find(({ id }) => findRequirement(id) === undefined);
  if (unknown !== undefined)
    throw new UsageError(`--baseline ${baseline ?? ''} names ${unknown.id}, but there is no such requirement`);
  const ids = known?.map(({ id, code = '' }) => `${id} ${code}`.trim()) ?? [];
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  if (twice !== undefined) throw new UsageError(`--baseline ${baseline ?? ''} names ${twice} twice`);
  return {
    ...(failOn === undefined ? {} : { failOn }),
    ...(baseline === undefined || known === undefined ? {} : { baseline: { file: baseline, entries: known } }),
  };
};

/** Where the report of a run goes, and how it is shown. */
export interface Presentation {
  readonly files: readonly ReportFile[];
  /** File that the run is recorded in. */
  readonly trace?: string | undefined;
  readonly writeBaseline?: string | undefined;
  readonly failOn?: FailOn | undefined;
  /** Undefined: TAP in a pipe, the summary for people on a terminal. */
  readonly tap?: boolean | undefined;
  /** Undefined: in colour where the terminal has any. */
  readonly color?: boolean | undefined;
}

/** Throws UsageError. */
export const presentationOf = (flags: ReportFlags & GateFlags & Pick<Presentation, 'trace'>): Presentation => {
  const { trace, writeBaseline, failOn, tap, color } = flags;
  return { files: reportFilesOf(flags), trace, writeBaseline, failOn, tap, color };
};
