/** Prints the summary of a run on a terminal. */
import pc from 'picocolors';
import { prettyReport, type Palette } from '../../reports/pretty.js';
import type { Report } from '../../suites/index.js';
import type { Presentation } from '../options/output-options.js';

/** `color` undefined: colours if the terminal supports them. */
export const paletteOf = ({ color }: Pick<Presentation, 'color'>): Palette => {
  const { green, red, yellow, dim, bold } = pc.createColors(color ?? pc.isColorSupported);
  return { good: green, bad: red, warn: yellow, dim, strong: bold };
};

export const printSummary = (report: Report, presentation: Pick<Presentation, 'color'>): void => {
  process.stdout.write(prettyReport(report, paletteOf(presentation)));
};
