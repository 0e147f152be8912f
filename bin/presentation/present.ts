/** Runs the suite for a person or a pipeline: progress and summary on a terminal, TAP in a pipe, reports in files. */
import { existsSync } from 'node:fs';
import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import { cleanLine } from '../../reports/facts/commands.js';
import { createProgress } from '../../reports/progress.js';
import { createTapReporter } from '../../reports/tap.js';
import { printable } from '../../reports/text/visible-text.js';
import {
  baselineOf,
  runSuite,
  SelectionError,
  type FailOn,
  type Listener,
  type Report,
  type RunOptions,
  type RunStarted,
} from '../../suites/index.js';
import { writeWhole } from '../files/write-file.js';
import type { Presentation } from '../options/output-options.js';
import { TraceFile } from './trace-file.js';
import { printSummary, writeReports } from './write-reports.js';
import { readJson } from '../files/read-file.js';
import { UsageError } from '../usage/usage-error.js';

/** An AbortSignal that the first Ctrl-C aborts; the second one ends the process at once, and says what may be left. */
const interruption = (leftBehind: () => string): { signal: AbortSignal; release: () => void } => {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      process.stderr.write(`\nEnded at once, without a report. ${leftBehind()}\n`);
      process.exit(130);
    }
    process.stderr.write('\nInterrupted: deleting what was created. Press Ctrl-C again to leave it behind.\n');
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    },
  };
};

/** What a known failure was known for stays; what is new is given the reason that the run saw. */
const writeBaseline = async (file: string, report: Report, failOn: FailOn | undefined): Promise<void> => {
  if (report.exitCode === 130 || report.verdict === 'error' || report.verdict === 'unreachable') {
    process.stderr.write(`${file} was not written: the run did not come to its end, and what fails is not known.\n`);
    return;
  }
  const before = existsSync(file) ? readJson(file, '--write-baseline', 'files/baseline') : undefined;
  const baseline = baselineOf(report, failOn, before);
  await writeWhole(file, `${JSON.stringify(baseline, null, 2)}\n`);
  const count = baseline.known.length;
  process.stderr.write(
    `${file} holds ${count} known failure${count === 1 ? '' : 's'} now${count === 0 ? '' : ': say in each reason why it is tolerated'}.\n`,
  );
};

/** Whether what is on standard output is TAP, the summary for people, or one of the reports that were asked for. */
const shows = ({ files, tap }: Presentation): 'tap' | 'summary' | 'report' => {
  if (files.some(({ file }) => file === '-')) return 'report';
  return (tap ?? !process.stdout.isTTY) ? 'tap' : 'summary';
};

/** Presents what somebody makes of the listener and the signal that he is given, and sets the exit code. */
export const present = async (
  make: (about: { signal: AbortSignal; onEvent: Listener }) => Promise<Report>,
  presentation: Presentation,
): Promise<Report> => {
  const shown = shows(presentation);
  const progressLine = createLogUpdate(process.stderr);
  const progress = createProgress();
  const showProgress = shown !== 'tap' && process.stderr.isTTY;
  const tapReporter = shown === 'tap' ? createTapReporter((text) => process.stdout.write(text)) : undefined;
  const recorder = presentation.trace === undefined ? undefined : new TraceFile(presentation.trace);
  let begun: RunStarted | undefined;
  const onEvent: Listener = (event) => {
    if (event.type === 'run-started') begun = event;
    recorder?.hear(event);
    tapReporter?.(event);
    if (!showProgress || event.type === 'exercised') return;
    const line = progress(event);
    if (line === undefined) progressLine.clear();
    else progressLine(pc.dim(printable(line)));
  };
  const { signal, release } = interruption(() =>
    begun === undefined
      ? 'Nothing had been created.'
      : printable(`What this run created may be left behind: «${cleanLine(begun)}» deletes it.`),
  );
  try {
    const report = await make({ signal, onEvent });
    if (shown === 'summary') printSummary(report, presentation.color);
    // In a pipe nobody sees the summary: the one sentence goes to standard error where the run could not be made.
    else if (report.exitCode === 2 || report.verdict === 'unreachable') {
      process.stderr.write(`scim-conformance: ${printable(report.reason)}\n`);
    }
    if (shown !== 'summary' && report.gate !== undefined) process.stderr.write(`${printable(report.gate.reason)}\n`);
    process.exitCode = report.exitCode;
    await writeReports(report, presentation.files);
    await recorder?.close();
    if (presentation.writeBaseline !== undefined)
      await writeBaseline(presentation.writeBaseline, report, presentation.failOn);
    return report;
  } catch (error) {
    await recorder?.discard();
    if (error instanceof SelectionError) throw new UsageError(error.message);
    throw error;
  } finally {
    release();
  }
};

/** Runs, presents and sets the exit code. */
export const runAndPresent = (options: RunOptions, presentation: Presentation): Promise<Report> =>
  present((about) => runSuite({ ...options, ...about }), presentation);
