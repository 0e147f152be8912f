/** Writes files whole or not at all, so that a reader never sees half of one. */
import { accessSync, constants, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../usage/usage-error.js';

/** The name that a file has until it is complete. */
export const draftOf = (file: string): string => `${file}.${process.pid}.tmp`;

/** `what` is the name of the file, and where the user gave it by an option, the option before it: `--json out.json`. */
export const notWritten = (what: string, error: unknown): UsageError =>
  new UsageError(`${what} could not be written: ${error instanceof Error ? error.message : String(error)}`);

/** Throws UsageError where a file cannot be written to. A run is long: the user is told before it, not after. */
export const demandWritable = (file: string, option: string): string => {
  const folder = path.dirname(path.resolve(file));
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UsageError(`${option} ${file}: there is no folder ${folder} that can be written to`);
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UsageError(`${option} ${file} is a folder; the name of a file was expected`);
  return file;
};

/** `option` is the one that named the file. Throws UsageError. */
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
