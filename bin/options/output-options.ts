/** The options for reports, and for the gate that decides whether a run fails. */
import { existsSync } from 'node:fs';
import type { Argv } from 'yargs';
import { formats } from '../../reports/formats.js';
import { findRequirement, type FailOn, type GateOptions, type Profile } from '../../suites/index.js';
import { readJson } from '../files/read-file.js';
import { isStandardOutput, placeOf, type Place } from '../files/place.js';
import { UsageError } from '../usage/usage-error.js';

export type Format = keyof typeof formats;

/** A report in one format, and the file that it is written to; `-` is standard output. */
export interface ReportFile {
  readonly format: Format;
  readonly file: string;
  /** The option that named the file. */
  readonly option: string;
}

const formatNames = Object.keys(formats) as Format[];

export const reportFlags = <T>(yargs: Argv<T>) =>
  yargs
    .option('report', {
      type: 'string',
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe: `Write a report, as FORMAT=FILE; the file - is standard output; may be given several times. Formats: ${formatNames.join(', ')}`,
    })
    .option('json', { type: 'string', requiresArg: true, describe: 'Short for --report json=FILE' })
    .option('tap', { type: 'boolean', describe: 'Print TAP 14 on standard output, even on a terminal' })
    .option('color', { type: 'boolean', describe: 'Use colours; --no-color turns them off' });

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
      describe:
        'What fails the run: a failed MUST (default); should: also a failed SHOULD; inconclusive: also an inconclusive requirement',
    })
    .option('baseline', {
      type: 'string',
      requiresArg: true,
      describe: 'File of known failures. They do not fail the run, but an entry that no longer fails does',
    })
    .option('write-baseline', {
      type: 'string',
      requiresArg: true,
      describe:
        'Write the failures of this run to this file as known failures; reasons that are already in the file are kept',
    })
    .option('require-clients', {
      type: 'boolean',
      describe: 'Fail the run if a request of the clients (--clients) does not work',
    });

export interface GateFlags {
  readonly failOn?: FailOn | undefined;
  readonly baseline?: string | undefined;
  readonly writeBaseline?: string | undefined;
  readonly requireClients?: boolean | undefined;
}

/** Throws UsageError. */
export const reportFilesOf = ({ report, json }: ReportFlags): ReportFile[] => {
  const files = report.map((text): ReportFile => {
    const [name = '', ...rest] = text.split('=');
    const file = rest.join('=');
    const format = formatNames.find((known) => known === name.toLowerCase());
    if (format === undefined || file === '') {
      throw new UsageError(
        `--report «${text}» does not have the form FORMAT=FILE, such as html=report.html. The formats are: ${formatNames.join(', ')}`,
      );
    }
    return { format, file, option: `--report ${format}` };
  });
  const all = [...files, ...(json === undefined ? [] : [{ format: 'json' as const, file: json, option: '--json' }])];
  demandApart(all);
  return all;
};

/** Equal for names of the same file. Several outputs may go to one device, such as `/dev/null`. */
const keyOf = (place: Place): string | undefined => {
  if (place.how === 'standard-output') return '-';
  return place.how === 'in-place' && place.adds ? undefined : place.file;
};

/** Throws UsageError if a file cannot be written, or if two outputs would overwrite each other. */
const demandApart = (outputs: readonly { readonly file: string; readonly option: string }[]): void => {
  const taken = new Map<string, string>();
  for (const { file, option } of outputs) {
    const key = keyOf(placeOf(file, option));
    if (key === undefined) continue;
    const other = taken.get(key);
    if (other !== undefined) throw new UsageError(`${other} and ${option} cannot be written to the same file: ${file}`);
    taken.set(key, option);
  }
};

/** Format 1 had no codes, so that one known failure of a requirement hides another failure of it. */
const formatNotice = (file: string): string =>
  `notice: ${file} is a baseline of format 1, in which an entry tolerates every failure of its requirement. --write-baseline ${file} writes it again with codes (format 2), and keeps the reasons.\n`;

/** Throws UsageError if the file cannot be written, or holds something that is not a baseline. */
const demandBaseline = (file: string): void => {
  if (isStandardOutput(file)) throw new UsageError('--write-baseline takes a file: what it holds is read, too');
  placeOf(file, '--write-baseline');
  if (existsSync(file)) readJson(file, '--write-baseline', 'files/baseline');
};

/** A baseline may hold requirements of the usual profile or of this one. Throws UsageError. */
export const gateOf = (
  { failOn, baseline, writeBaseline, requireClients }: GateFlags,
  profile: Profile,
): GateOptions => {
  if (writeBaseline !== undefined) demandBaseline(writeBaseline);
  const given = baseline === undefined ? undefined : readJson(baseline, '--baseline', 'files/baseline');
  const known = given?.known;
  if (given?.format === 1 && given.known.length > 0) process.stderr.write(formatNotice(baseline ?? ''));
  const unknown = known?.find(
    ({ id }) => findRequirement(id) === undefined && findRequirement(id, profile) === undefined,
  );
  if (unknown !== undefined)
    throw new UsageError(`--baseline ${baseline ?? ''} contains ${unknown.id}, but there is no such requirement`);
  const ids = known?.map(({ id, code = '' }) => `${id} ${code}`.trim()) ?? [];
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  if (twice !== undefined) throw new UsageError(`--baseline ${baseline ?? ''} contains ${twice} twice`);
  return {
    ...(failOn === undefined ? {} : { failOn }),
    ...(requireClients === true ? { requireClients } : {}),
    ...(baseline === undefined || known === undefined ? {} : { baseline: { file: baseline, entries: known } }),
  };
};

/** Throws UsageError if --require-clients was given for a run without --clients: it would demand nothing. */
export const demandClients = ({ requireClients }: GateFlags, clients: readonly string[] | undefined): void => {
  if (requireClients === true && (clients === undefined || clients.length === 0))
    throw new UsageError('--require-clients demands the clients that --clients names, and the run names none');
};

/** Where the report of a run is written, and how it is shown. */
export interface Presentation {
  readonly files: readonly ReportFile[];
  /** File in which the run is recorded. */
  readonly trace?: string | undefined;
  /** File to which every event of the run is written. */
  readonly events?: string | undefined;
  readonly writeBaseline?: string | undefined;
  readonly failOn?: FailOn | undefined;
  /** Undefined: TAP in a pipe, the summary on a terminal. */
  readonly tap?: boolean | undefined;
  /** Undefined: colours if the terminal supports them. */
  readonly color?: boolean | undefined;
}

/** Throws UsageError. */
export const presentationOf = (
  flags: ReportFlags & GateFlags & Pick<Presentation, 'trace' | 'events'>,
): Presentation => {
  const { trace, events, writeBaseline, failOn, tap, color } = flags;
  const files = reportFilesOf(flags);
  demandApart([
    ...files,
    ...(trace === undefined ? [] : [{ file: trace, option: '--trace' }]),
    ...(events === undefined ? [] : [{ file: events, option: '--events' }]),
  ]);
  return { files, trace, events, writeBaseline, failOn, tap, color };
};
