/** The files that a run writes: its events and its trace while it goes on, its reports afterwards. */
import { existsSync } from 'node:fs';
import { eventLine } from '../../reports/event-lines.js';
import { formats } from '../../reports/formats.js';
import { traceLines } from '../../reports/trace.js';
import { baselineOf, type FailOn, type Report, type RunEvent } from '../../suites/index.js';
import { LineFile } from '../files/line-file.js';
import { readJson } from '../files/read-file.js';
import { NotWritten, writeWhole } from '../files/write-file.js';
import type { Presentation, ReportFile } from '../options/output-options.js';
import { UsageError } from '../usage/usage-error.js';

/** Does all of the work, also if some of it fails. Rejects with NotWritten, which names every failure. */
const each = async (work: readonly (() => Promise<void>)[]): Promise<void> => {
  const failures: string[] = [];
  for (const one of work) {
    try {
      await one();
    } catch (error) {
      const isExpected = error instanceof NotWritten || error instanceof UsageError;
      failures.push(error instanceof Error ? ((isExpected ? undefined : error.stack) ?? error.message) : String(error));
    }
  }
  if (failures.length > 0) throw new NotWritten(failures.join('\n'));
};

const writeReport = async (report: Report, { format, file, option }: ReportFile): Promise<void> =>
  writeWhole(file, await formats[format](report), option);

/** Writes each report by itself: first the one with all evidence, from which the others can be made. Rejects with NotWritten. */
export const writeReports = (report: Report, files: readonly ReportFile[]): Promise<void> => {
  const evidence = files.filter(({ format }) => format === 'json');
  const others = files.filter(({ format }) => format !== 'json');
  return each([...evidence, ...others].map((file) => () => writeReport(report, file)));
};

/** Known failures keep their reasons. The reason of a new one is what the run observed. */
const writeBaseline = async (file: string, report: Report, failOn: FailOn | undefined): Promise<void> => {
  if (report.exitCode === 130 || report.verdict === 'error' || report.verdict === 'unreachable') {
    process.stderr.write(`${file} was not written: the run did not finish, so that it is not known what fails.\n`);
    return;
  }
  const before = existsSync(file) ? readJson(file, '--write-baseline', 'files/baseline') : undefined;
  const baseline = baselineOf(report, failOn, before);
  await writeWhole(file, `${JSON.stringify(baseline, null, 2)}\n`, '--write-baseline');
  const count = baseline.known.length;
  process.stderr.write(
    `${file} now holds ${count} known failure${count === 1 ? '' : 's'}${count === 0 ? '' : '. Replace each reason by the reason why the failure is tolerated'}.\n`,
  );
};

export class Outputs {
  private readonly trace: LineFile | undefined;
  private readonly events: LineFile | undefined;

  /** Throws UsageError if a file cannot be written to. */
  constructor(private readonly presentation: Presentation) {
    const { trace, events } = presentation;
    this.trace = trace === undefined ? undefined : new LineFile(trace, '--trace');
    this.events = events === undefined ? undefined : new LineFile(events, '--events');
  }

  /** Writes an event of the run that goes on. */
  hear(event: RunEvent): void {
    this.trace?.write(traceLines(event));
    this.events?.write(eventLine(event, new Date()));
  }

  /** Ends the files that are written while a run goes on. Rejects with NotWritten. */
  close(): Promise<void> {
    return each([this.trace, this.events].flatMap((file) => (file === undefined ? [] : [() => file.close()])));
  }

  /** Writes everything that is left, evidence first, and each file by itself. Rejects with NotWritten. */
  finish(report: Report): Promise<void> {
    const { files, writeBaseline: baseline, failOn } = this.presentation;
    return each([
      () => this.close(),
      () => writeReports(report, files),
      ...(baseline === undefined ? [] : [() => writeBaseline(baseline, report, failOn)]),
    ]);
  }
}
