/** Shows a run: progress and summary on a terminal, TAP in a pipe, reports in files. */
import { cleanLine } from '../../reports/facts/commands.js';
import { createTapReporter } from '../../reports/tap.js';
import { printable } from '../../reports/text/visible-text.js';
import {
  runSuite,
  SelectionError,
  type Listener,
  type Report,
  type RunOptions,
  type RunStarted,
} from '../../suites/index.js';
import { isStandardOutput } from '../files/place.js';
import type { Presentation } from '../options/output-options.js';
import { interruption } from '../process/interruption.js';
import { UsageError } from '../usage/usage-error.js';
import { createLiveLines } from './live-lines.js';
import { Outputs } from './outputs.js';
import { printSummary } from './print-summary.js';

/** What is written to standard output: TAP, the summary, or a file that was asked for with `-` as its name. */
const shows = ({ files, trace, events, tap }: Presentation): 'tap' | 'summary' | 'file' => {
  if ([...files.map(({ file }) => file), trace, events].some((file) => file !== undefined && isStandardOutput(file)))
    return 'file';
  return (tap ?? !process.stdout.isTTY) ? 'tap' : 'summary';
};

/** If there is no summary, standard error says why there was no run, and what the gate decides. */
const sayWhy = ({ exitCode, verdict, reason, gate }: Report): void => {
  if (exitCode === 2 || verdict === 'unreachable') process.stderr.write(`scim-conformance: ${printable(reason)}\n`);
  if (gate !== undefined) process.stderr.write(`${printable(gate.reason)}\n`);
};

/** Presents the run that `make` starts, and sets the exit code. Rejects with NotWritten if a file could not be written. */
export const present = async (
  make: (about: { signal: AbortSignal; onEvent: Listener }) => Promise<Report>,
  presentation: Presentation,
): Promise<Report> => {
  const shown = shows(presentation);
  const outputs = new Outputs(presentation);
  const show =
    shown === 'tap' ? createTapReporter((text) => process.stdout.write(text)) : createLiveLines(presentation);
  let begun: RunStarted | undefined;
  const onEvent: Listener = (event) => {
    if (event.type === 'run-started') begun = event;
    outputs.hear(event);
    show(event);
  };
  const { signal, release } = interruption(() =>
    begun === undefined
      ? 'Nothing was created.'
      : printable(`Resources of this run may be left on the target. Delete them with: ${cleanLine(begun)}`),
  );
  try {
    const report = await make({ signal, onEvent });
    process.exitCode = report.exitCode;
    try {
      await outputs.finish(report);
    } finally {
      if (shown === 'summary') printSummary(report, presentation);
      else sayWhy(report);
    }
    return report;
  } catch (error) {
    if (error instanceof SelectionError) throw new UsageError(error.message);
    throw error;
  } finally {
    release();
  }
};

/** Runs the suite, presents the run and sets the exit code. */
export const runAndPresent = (options: RunOptions, presentation: Presentation): Promise<Report> =>
  present((about) => runSuite({ ...options, ...about }), presentation);
