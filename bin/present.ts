/** Runs the suite for a person or a pipeline: progress and summary on a terminal, TAP in a pipe, JSON in a file. */
import { rename, writeFile } from 'node:fs/promises';
import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import { jsonReport } from '../reports/json.js';
import { prettyReport, type Palette } from '../reports/pretty.js';
import { createProgress } from '../reports/progress.js';
import { createTapReporter } from '../reports/tap.js';
import { printable } from '../reports/http-text.js';
import { runSuite, SelectionError, type Listener, type Report, type RunOptions } from '../suites/index.js';
import { UsageError } from './usage-error.js';

export interface Presentation {
  readonly json?: string | undefined;
  readonly tap?: boolean | undefined;
  readonly color?: boolean | undefined;
}

const paletteOf = (color: boolean): Palette => {
  const { green, red, yellow, dim, bold } = pc.createColors(color);
  return { good: green, bad: red, warn: yellow, dim, strong: bold };
};

/** Whole or not at all: a reader never sees half a report. */
const writeWhole = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (error) {
    throw new UsageError(
      `--json ${file} could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

/** An AbortSignal that the first Ctrl-C aborts; the second one ends the process at once. */
const interruption = (): { signal: AbortSignal; release: () => void } => {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(130);
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

/** Runs, presents and sets the exit code. */
export const runAndPresent = async (options: RunOptions, presentation: Presentation): Promise<Report> => {
  const terminal = process.stdout.isTTY;
  const tap = presentation.tap ?? !terminal;
  const progressLine = createLogUpdate(process.stderr);
  const progress = createProgress();
  const showProgress = !tap && process.stderr.isTTY;
  const tapReporter = tap ? createTapReporter((text) => process.stdout.write(text)) : undefined;
  const onEvent: Listener = (event) => {
    tapReporter?.(event);
    if (!showProgress) return;
    const line = progress(event);
    if (line === undefined) progressLine.clear();
    else progressLine(pc.dim(printable(line)));
  };
  const { signal, release } = interruption();
  try {
    const report = await runSuite({ ...options, signal, onEvent });
    if (!tap) {
      const color = presentation.color ?? pc.isColorSupported;
      process.stdout.write(prettyReport(report, paletteOf(color)));
    }
    // In a pipe nobody sees the summary: the one sentence goes to standard error where the run could not be made.
    if (tap && (report.exitCode === 2 || report.verdict === 'unreachable')) {
      process.stderr.write(`scim-conformance: ${printable(report.reason)}\n`);
    }
    process.exitCode = report.exitCode;
    if (presentation.json !== undefined) await writeWhole(presentation.json, jsonReport(report));
    return report;
  } catch (error) {
    if (error instanceof SelectionError) throw new UsageError(error.message);
    throw error;
  } finally {
    release();
  }
};
