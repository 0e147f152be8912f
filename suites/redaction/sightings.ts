/** Finds secrets in a text, in whatever spelling, in time that grows with the length of the text only. */
import { layersOf, type Layer } from './layers.js';
import { needlesOf, shortestSecret, type Needle } from './needles.js';
import { createSearch, type SearchMany } from './search-many.js';

/** A spelling to search for, and what takes its place. */
export interface Wanted extends Needle {
  readonly marker: string;
}

/** Part of a text to be replaced. */
export interface Sighting {
  readonly marker: string;
  readonly from: number;
  /** The position after its last character. */
  readonly to: number;
}

/** All spellings of all secrets, without duplicates: where two secrets have one spelling in common, the first counts. */
export const wantedOf = (markers: ReadonlyMap<string, string>): Wanted[] => {
  const wanted = new Map<string, Wanted>();
  for (const [secret, marker] of markers) {
    for (const needle of needlesOf(secret)) {
      const key = `${needle.ignoresCase ? 'i' : 'c'}${needle.text}`;
      if (!wanted.has(key)) wanted.set(key, { ...needle, marker });
    }
  }
  return [...wanted.values()];
};

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[0-9a-z]/i.test(character);

const isWordAt = (text: string, at: number, length: number): boolean =>
  !isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + length]);

/** Sightings that overlap become one, with the marker of the one that begins first or is the longest. */
const merged = (sightings: readonly Sighting[]): Sighting[] => {
  const free: Sighting[] = [];
  for (const sighting of [...sightings].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = free.at(-1);
    if (last === undefined || sighting.from >= last.to) free.push(sighting);
    else if (sighting.to > last.to) free[free.length - 1] = { ...last, to: sighting.to };
  }
  return free;
};

export type FindSecrets = (text: string) => Sighting[];

const sightingsIn = (layer: Layer, search: SearchMany<Wanted>): Sighting[] => {
  const found: Sighting[] = [];
  search(layer, ({ text, isWord, marker }, at) => {
    if (isWord && !isWordAt(layer.text, at, text.length)) return;
    found.push({ marker, from: layer.startOf(at), to: layer.endOf(at + text.length) });
  });
  return found;
};

/** The function finds secrets in the order of their positions, without overlaps. */
export const createFinder = (wanted: readonly Wanted[]): FindSecrets => {
  const search = createSearch(wanted);
  return (text) => merged(layersOf(text).flatMap((layer) => sightingsIn(layer, search)));
};

/** The length of the longest beginning of a needle with which a text ends; 0 if it is too short to tell. */
const beginningAtEnd = (tail: string, needle: string): number => {
  for (let length = Math.min(needle.length - 1, tail.length); length >= shortestSecret; length -= 1)
    if (tail.endsWith(needle.slice(0, length))) return length;
  return 0;
};

/** The beginning of an escape at the end of a text. */
const halfEscape = /(?:\\{1,8}[ux]?[0-9a-f]{0,3}|%[0-9a-f]{0,8}|&[#\w]{0,10})$/i;

/** No escape of a character and no line break is longer than so many characters. */
const longestCharacter = 16;

/** The position in a text that was cut off from which on it may be the beginning of a secret; its length if nowhere. */
export const cutSecretIn = (text: string, wanted: readonly Wanted[]): number => {
  const longest = Math.max(0, ...wanted.map(({ text: needle }) => needle.length));
  const begin = Math.max(0, text.length - longest * longestCharacter);
  const tail = text.slice(begin).replace(halfEscape, '');
  let from = text.length - begin;
  for (const layer of layersOf(tail)) {
    for (const { text: needle, ignoresCase } of wanted) {
      const read = ignoresCase ? layer.lower : layer.text;
      const length = beginningAtEnd(read, needle);
      if (length > 0) from = Math.min(from, layer.startOf(read.length - length));
    }
  }
  return begin + from;
};
