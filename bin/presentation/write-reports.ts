/** Writes the reports that the user asked for, and the summary for a terminal. */
import pc from 'picocolors';
import { formats } from '../../reports/formats.js';
import { prettyReport, type Palette } from '../../reports/pretty.js';
import type { Report } from '../../suites/index.js';
import { writeWhole } from '../files/write-file.js';
import type { Presentation, ReportFile } from '../options/output-options.js';

/** Throws UsageError. */
export const writeReports = async (report: Report, files: readonly ReportFile[]): Promise<void> => {
  for (const { format, file } of files) {
    const text = await formats[format](report);
    if (file === '-') process.stdout.write(text);
    else await writeWhole(file, text);
  }
};

/** `color` undefined: colours if the terminal supports them. */
export const printSummary = (report: Report, { color }: Pick<Presentation, 'color'>): void => {
  const { green, red, yellow, dim, bold } = pc.createColors(color ?? pc.isColorSupported);
  const palette: Palette = { good: green, bad: red, warn: yellow, dim, strong: bold };
  process.stdout.write(prettyReport(report, palette));
};
