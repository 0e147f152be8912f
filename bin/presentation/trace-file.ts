/** Records a run while it goes on (`--trace`). The file gets its final name when the run is over. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { traceLines } from '../../reports/trace.js';
import type { RunEvent } from '../../suites/index.js';
import { demandWritable, draftOf, notWritten } from '../files/write-file.js';

export class TraceFile {
  private readonly stream: WriteStream;
  private error: Error | undefined;

  /** Throws UsageError if the file cannot be written to. */
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
      throw notWritten(this.file, error);
    }
  }

  /** Deletes the temporary file if there was no run. */
  async discard(): Promise<void> {
    this.stream.destroy();
    await rm(draftOf(this.file), { force: true });
  }
}
