/** Writes files that the user names. */
import { randomBytes } from 'node:crypto';
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { openPipe } from './pipe.js';
import { placeOf, type Place } from './place.js';

/** Files that could not be written, each with the reason. This is no failure of the target. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten';
}

const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** `what` is the name of the file, after the option if the user gave it with one: `--json out.json`. */
export const notWritten = (what: string, error: unknown): NotWritten =>
  error instanceof NotWritten ? error : new NotWritten(`${what} could not be written: ${why(error)}`);

/** Rejects if it could not be written, but not if its reader has stopped early, as in `… | head`. */
const toStandardOutput = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
      if (error === undefined || error === null || error.code === 'EPIPE') resolve();
      else reject(error);
    });
  });

/** Errors of a rename that do not concern the write: the name is a mount point, or its folder belongs to somebody else. */
const fixedNames: readonly string[] = ['EACCES', 'EBUSY', 'EPERM', 'EXDEV'];

const isFixed = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && fixedNames.includes(error.code);

/** The name of a file until it is complete: nobody else uses it. */
const draftOf = (file: string): string => `${file}.${randomBytes(4).toString('hex')}.tmp`;

const replace = async ({ file, mode }: Extract<Place, { how: 'replaced' }>, text: string): Promise<void> => {
  const draft = draftOf(file);
  try {
    await writeFile(draft, text, { flag: 'wx' });
    if (mode !== undefined) await chmod(draft, mode);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    if (!isFixed(error)) throw error;
    await writeFile(file, text);
  }
};

const writeTo = async (place: Place, text: string): Promise<void> => {
  switch (place.how) {
    case 'standard-output':
      return toStandardOutput(text);
    case 'replaced':
      return replace(place, text);
    case 'in-place':
      return writeFile(place.file, text, { flag: place.adds ? 'a' : 'w' });
    case 'pipe': {
      const pipe = await openPipe(place.file);
      pipe.end(text);
      return finished(pipe);
    }
  }
};

/** Writes a file as a whole. `option` named it. Rejects with NotWritten, and with UsageError if it cannot be written at all. */
export const writeWhole = async (file: string, text: string, option: string): Promise<void> => {
  const place = placeOf(file, option);
  try {
    await writeTo(place, text);
  } catch (error) {
    throw notWritten(`${option} ${file}`, error);
  }
};
