/** What a terminal shows while a run goes on: its id, the findings as they come, and a line of progress. */
import { createLogUpdate } from 'log-update';
import { findingLine, runLine } from '../../reports/live.js';
import { createProgress } from '../../reports/progress.js';
import { printable } from '../../reports/text/visible-text.js';
import type { RunEvent } from '../../suites/index.js';
import type { Presentation } from '../options/output-options.js';
import { paletteOf } from './print-summary.js';

/** Shows the events of a run on standard error; on a terminal with a line of progress. */
export const createLiveLines = (presentation: Pick<Presentation, 'color'>): ((event: RunEvent) => void) => {
  const palette = paletteOf(presentation);
  const progress = createProgress();
  const live = createLogUpdate(process.stderr);
  return (event) => {
    const { isTTY } = process.stderr;
    const kept = event.type === 'run-started' ? runLine(event) : isTTY ? findingLine(event, palette) : undefined;
    if (kept !== undefined) {
      if (isTTY) live.clear();
      process.stderr.write(`${kept}\n`);
    }
    if (!isTTY) return;
    const line = progress(event);
    if (line === undefined) live.clear();
    else live(palette.dim(printable(line)));
  };
};
