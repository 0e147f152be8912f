/**
 * Writes a file line by line while a run goes on, so that a run that is killed leaves what it has written. The file is
 * opened with the first line, so that a run that cannot begin does not empty it.
 */
import { createWriteStream } from 'node:fs';
import { PassThrough, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { openPipe } from './pipe.js';
import { placeOf, type Place } from './place.js';
import { notWritten } from './write-file.js';

/** Where the lines go, and a promise that resolves when all of them are written. */
interface Opened {
  readonly stream: Writable;
  readonly written: Promise<unknown>;
}

const openPlace = (place: Exclude<Place, { how: 'standard-output' }>): Opened => {
  if (place.how === 'pipe') {
    const stream = new PassThrough();
    return { stream, written: openPipe(place.file).then((pipe) => pipeline(stream, pipe)) };
  }
  const flags = place.how === 'in-place' && place.adds ? 'a' : 'w';
  const stream = createWriteStream(place.file, { flags });
  return { stream, written: finished(stream) };
};

export class LineFile {
  private readonly place: Place;
  private opened: Opened | undefined;
  private error: unknown;

  /** `option` named the file. Throws UsageError if it cannot be written to. */
  constructor(
    private readonly file: string,
    private readonly option: string,
  ) {
    this.place = placeOf(file, option);
  }

  /** Takes whole lines; after an error, nothing more is written. */
  write(lines: string): void {
    if (lines === '' || this.error !== undefined) return;
    if (this.place.how === 'standard-output') {
      process.stdout.write(lines);
      return;
    }
    if (this.opened === undefined) {
      this.opened = openPlace(this.place);
      this.opened.written.catch((error: unknown) => {
        this.error = error;
      });
    }
    this.opened.stream.write(lines);
  }

  /** Resolves when all lines are written. Rejects with NotWritten. */
  async close(): Promise<void> {
    try {
      this.opened?.stream.end();
      await this.opened?.written;
    } catch (error) {
      throw notWritten(`${this.option} ${this.file}`, error);
    }
  }
}
