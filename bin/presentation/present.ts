/** Shows a run: progress and summary on a terminal, TAP in a pipe, reports in files. */
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

/**
 * The first Ctrl-C aborts the signal. The second Ctrl-C ends the process at once, and tells the user what may be left
 * behind.
 */
const interruption = (leftBehind: () => string): { signal: AbortSignal; release: () => void } => {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      process.stderr.write(`\nStopped without a report. ${leftBehind()}\n`);
      process.exit(130);
    }
    process.stderr.write(
      '\nInterrupted: deleting the resources of this run. Press Ctrl-C again to stop at once and leave them on the target.\n',
    );
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

/** Known failures keep their reasons. The reason of a new one is what the run observed. */
const writeBaseline = async (file: string, report: Report, failOn: FailOn | undefined): Promise<void> => {
  if (report.exitCode === 130 || report.verdict === 'error' || report.verdict === 'unreachable') {
    process.stderr.write(`${file} was not written: the run did not finish, so that it is not known what fails.\n`);
    return;
  }
  const before = existsSync(file) ? readJson(file, '--write-baseline', 'files/baseline') : undefined;
  const baseline = baselineOf(report, failOn, before);
  await writeWhole(file, `${JSON.stringify(baseline, null, 2)}\n`);
  const count = baseline.known.length;
  process.stderr.write(
    `${file} now holds ${count} known failure${count === 1 ? '' : 's'}${count === 0 ? '' : '. Replace each reason by the reason why the failure is tolerated'}.\n`,
  );
};

/** What is written to standard output: TAP, the summary, or a report that was asked for with `-` as its file. */
const shows = ({ files, tap }: Presentation): 'tap' | 'summary' | 'report' => {
  if (files.some(({ file }) => file === '-')) return 'report';
  return (tap ?? !process.stdout.isTTY) ? 'tap' : 'summary';
};

/** Presents the run that `make` starts, and sets the exit code. */
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
      ? 'Nothing was created.'
      : printable(`Resources of this run may be left on the target. Delete them with: ${cleanLine(begun)}`),
  );
  try {
    const report = await make({ signal, onEvent });
    if (shown === 'summary') printSummary(report, presentation);
    // If there is no summary, standard error says why there was no run.
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

/** Runs the suite, presents the run and sets the exit code. */
export const runAndPresent = (options: RunOptions, presentation: Presentation): Promise<Report> =>
  present((about) => runSuite({ ...options, ...about }), presentation);
