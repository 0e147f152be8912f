/**
 * Decides how an output file is written. A regular file is replaced as a whole, so that a reader never sees half of it, and
 * a failed write costs nothing. Everything else keeps its identity and is written in place: devices, pipes, and files that
 * others see under another name. This is decided before a run, because a run is long.
 */
import { accessSync, constants, lstatSync, readlinkSync, realpathSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../usage/usage-error.js';

export type Place =
  | { readonly how: 'standard-output' }
  /** `mode`: the permissions of the file that is replaced; undefined for a new file. */
  | { readonly how: 'replaced'; readonly file: string; readonly mode: number | undefined }
  /** `adds`: what is written goes behind what the open file holds already. */
  | { readonly how: 'in-place'; readonly file: string; readonly adds: boolean }
  /** A named pipe: opening one without a reader would block. */
  | { readonly how: 'pipe'; readonly file: string };

const mostLinks = 40;

/** Names in these folders stand for devices and open files. */
const isSpecial = (file: string): boolean => /^\/(dev|proc)\//.test(file);

/** The file to which a name leads: the name itself, or the end of a chain of symbolic links, which ends at a special name. */
const endOfLinks = (file: string): string => {
  let end = path.resolve(file);
  for (let links = 0; links < mostLinks && !isSpecial(end); links += 1) {
    if (lstatSync(end, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return end;
    end = path.resolve(path.dirname(end), readlinkSync(end));
  }
  return end;
};

/** Names of standard output. Opened as a file, it would be truncated or replaced. */
const namesOfStandardOutput: readonly string[] = [
  '/dev/stdout',
  '/dev/fd/1',
  '/proc/self/fd/1',
  '/proc/thread-self/fd/1',
  `/proc/${process.pid}/fd/1`,
];

/** Also by a link that leads to such a name. */
export const isStandardOutput = (file: string): boolean =>
  file === '-' || namesOfStandardOutput.includes(endOfLinks(file));

const mayWrite = (file: string): boolean => {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** A link is followed, so that it stays a link. */
const placeOfNew = (file: string, what: string): Place => {
  const end = endOfLinks(file);
  const folder = path.dirname(end);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true || !mayWrite(folder))
    throw new UsageError(`${what}: the folder ${folder} does not exist or is not writable`);
  return { how: 'replaced', file: path.join(realpathSync(folder), path.basename(end)), mode: undefined };
};

/** Whether a file can be replaced without anybody noticing: it has one name, and its owner and folder are the user's. */
const isReplaceable = (file: string, { nlink, uid }: Stats): boolean =>
  nlink === 1 && (process.getuid === undefined || uid === process.getuid()) && mayWrite(path.dirname(file));

const placeOfExisting = (file: string, stats: Stats, what: string): Place => {
  if (stats.isDirectory()) throw new UsageError(`${what} is a folder, but a file was expected`);
  if (stats.isSocket()) throw new UsageError(`${what} is a socket, but a file, a pipe or a device was expected`);
  if (stats.isBlockDevice()) throw new UsageError(`${what} is a disk, but a file was expected`);
  if (!mayWrite(file)) throw new UsageError(`${what} is not writable`);
  if (stats.isFIFO()) return { how: 'pipe', file };
  if (!stats.isFile() || isSpecial(endOfLinks(file))) return { how: 'in-place', file, adds: true };
  const real = realpathSync(file);
  return isReplaceable(real, stats)
    ? { how: 'replaced', file: real, mode: stats.mode & 0o7777 }
    : { how: 'in-place', file, adds: false };
};

/** `option` named the file. Throws UsageError if the file cannot be written. */
export const placeOf = (file: string, option: string): Place => {
  if (isStandardOutput(file)) return { how: 'standard-output' };
  const what = `${option} ${file}`;
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? placeOfNew(file, what) : placeOfExisting(file, stats, what);
};
