/** Writes a file completely or not at all, so that a reader never sees half of it. */
import { accessSync, constants, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../usage/usage-error.js';

/** The temporary name of a file until it is complete. */
export const draftOf = (file: string): string => `${file}.${process.pid}.tmp`;

/** `what` is the name of the file, after the option if the user gave it with one: `--json out.json`. */
export const notWritten = (what: string, error: unknown): UsageError =>
  new UsageError(`${what} could not be written: ${error instanceof Error ? error.message : String(error)}`);

/** Throws UsageError if a file cannot be written. A run is long, so that the user is told before it starts. */
export const demandWritable = (file: string, option: string): string => {
  const folder = path.dirname(path.resolve(file));
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UsageError(`${option} ${file}: the folder ${folder} does not exist or is not writable`);
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UsageError(`${option} ${file} is a folder, but a file was expected`);
  return file;
};

/** `option` is the option that named the file. Throws UsageError. */
export const writeWhole = async (file: string, text: string, option?: string): Promise<void> => {
  const draft = draftOf(file);
  try {
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw notWritten(option === undefined ? file : `${option} ${file}`, error);
  }
};
