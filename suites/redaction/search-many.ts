/**
 * Searches a text for many needles at once and skips most of it (S. Wu, U. Manber: A fast algorithm for multi-pattern
 * searching, 1994): every text of a run is searched for a hundred spellings of its secrets.
 */
import { shortestDistinctive as width, type Needle } from './needles.js';

/** Characters that decide how far to skip. */
const block = 3;

const tableSize = 1 << 16;

/** Of the three characters that end at a position. */
const hashAt = (text: string, at: number): number =>
  ((text.charCodeAt(at - 2) * 1089) ^ (text.charCodeAt(at - 1) * 33) ^ text.charCodeAt(at)) & (tableSize - 1);

interface Readable {
  readonly text: string;
  /** `text` in lower case, of the same length. */
  readonly lower: string;
}

/** `found` is called with each needle and each of its positions. */
export type SearchMany<Each> = (where: Readable, found: (needle: Each, at: number) => void) => void;

const isAt = ({ text, lower }: Readable, { text: needle, ignoresCase }: Needle, at: number): boolean =>
  (ignoresCase ? lower : text).startsWith(needle, at);

/** For needles of at least eight characters. */
const searchLong = <Each extends Needle>(needles: readonly Each[]): SearchMany<Each> => {
  /** How far the window may move, by the last block in it. */
  const skips = new Uint8Array(tableSize).fill(width - block + 1);
  /** The needles that may begin where the window begins, by the last block in it. */
  const candidates = new Map<number, Each[]>();
  for (const needle of needles) {
    const begin = needle.text.slice(0, width).toLowerCase();
    for (let at = block - 1; at < width; at += 1) {
      const hash = hashAt(begin, at);
      skips[hash] = Math.min(skips[hash] ?? 0, width - 1 - at);
    }
    const last = hashAt(begin, width - 1);
    candidates.set(last, [...(candidates.get(last) ?? []), needle]);
  }
  return (where, found) => {
    const { lower } = where;
    for (let at = width - 1; at < lower.length;) {
      const hash = hashAt(lower, at);
      const skip = skips[hash] ?? 0;
      if (skip === 0) {
        const begin = at - width + 1;
        for (const needle of candidates.get(hash) ?? []) if (isAt(where, needle, begin)) found(needle, begin);
      }
      at += Math.max(1, skip);
    }
  };
};

/** For the few needles that are shorter. */
const searchShort =
  <Each extends Needle>(needles: readonly Each[]): SearchMany<Each> =>
  ({ text, lower }, found) => {
    for (const needle of needles) {
      const haystack = needle.ignoresCase ? lower : text;
      for (let at = haystack.indexOf(needle.text); at !== -1; at = haystack.indexOf(needle.text, at + 1))
        found(needle, at);
    }
  };

export const createSearch = <Each extends Needle>(needles: readonly Each[]): SearchMany<Each> => {
  const long = searchLong(needles.filter(({ text }) => text.length >= width));
  const short = searchShort(needles.filter(({ text }) => text.length < width));
  return (where, found) => {
    long(where, found);
    short(where, found);
  };
};
