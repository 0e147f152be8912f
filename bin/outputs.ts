/** Writes reports where they are to go: whole or not at all, so that a reader never sees half of one. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import pc from 'picocolors';
import { formats } from '../reports/formats.js';
import { prettyReport, type Palette } from '../reports/pretty.js';
import { traceLines } from '../reports/trace.js';
import type { Report, RunEvent } from '../suites/index.js';
import { demandWritable, type ReportFile } from './output-options.js';
import { UsageError } from './usage-error.js';

const draftOf = (file: string): string => `${file}.${process.pid}.tmp`;

const failed = (file: string, error: unknown): UsageError =>
  new UsageError(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}`);

/** `option` names the file in messages. Throws UsageError. */
export const writeWhole = async (file: string, text: string, option?: string): Promise<void> => {
  const draft = draftOf(file);
  try {
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw failed(option === undefined ? file : `${option} ${file}`, error);
  }
};

/** Throws UsageError. */
export const writeReports = async (report: Report, files: readonly ReportFile[]): Promise<void> => {
  for (const { format, file } of files) {
    const text = await formats[format](report);
    if (file === '-') process.stdout.write(text);
    else await writeWhole(file, text);
  }
};

const paletteOf = (color: boolean): Palette => {
  const { green, red, yellow, dim, bold } = pc.createColors(color);
  return { good: green, bad: red, warn: yellow, dim, strong: bold };
};

export const printSummary = (report: Report, color: boolean | undefined): void => {
  process.stdout.write(prettyReport(report, paletteOf(color ?? pc.isColorSupported)));
};

/** Records a run while it goes on; the file bears its name when the run is over. */
export class TraceFile {
  private readonly stream: WriteStream;
  private error: Error | undefined;

  constructor(private readonly file: string) {
    this.stream = createWriteStream(draftOf(demandWritable(file, '--trace')));
    this.stream.on('error', (error) => {
      this.error ??= error;
    });
  }

  hear(event: RunEvent): void {
    const lines = traceLines(event);
    if (lines !== '') this.stream.write(lines);
  }

  /** Throws UsageError. */
  async close(): Promise<void> {
    try {
      this.stream.end();
      await finished(this.stream);
      if (this.error !== undefined) throw this.error;
      await rename(draftOf(this.file), this.file);
    } catch (error) {
      throw failed(this.file, error);
    }
  }

  /** Leaves nothing behind of a run that came to nothing. */
  async discard(): Promise<void> {
    this.stream.destroy();
    await rm(draftOf(this.file), { force: true });
  }
}
