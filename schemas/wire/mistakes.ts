/** Finds what is wrong with renames: names that would not come back when they are translated twice. */
import { overlap, parametersOf, segmentsOf } from './path-swap.js';
import type { Renames } from './renames.js';

export interface RenameMistake {
  readonly group: keyof Renames;
  /** The name of the profile whose rename is wrong. */
  readonly name: string;
  /** What is wrong, as a clause. */
  readonly message: string;
}

/** Fields that the connection needs. */
const framing: readonly string[] = [
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
];

type Entry = readonly [old: string, name: string];

/** Whether one name is the other, or the beginning of it before a colon. */
const isWithin = (group: keyof Renames, one: string, other: string): boolean => {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || (group === 'urns' && (a.startsWith(`${b}:`) || b.startsWith(`${a}:`)));
};

const messageOfName = (group: keyof Renames, [old, name]: Entry, earlier: readonly Entry[]): string | undefined => {
  if (name.trim() === '') return 'the new name is empty';
  if (isWithin(group, old, name)) return `«${name}» is no other name`;
  if (group === 'fields' && [old, name].some((each) => framing.includes(each.toLowerCase())))
    return 'a field that frames messages or connections cannot be renamed';
  const clash = earlier.flat().find((taken) => isWithin(group, taken, name) || isWithin(group, taken, old));
  return clash === undefined ? undefined : `it clashes with «${clash}», which another rename uses`;
};

const messageOfPath = ([old, name]: Entry, earlier: readonly Entry[]): string | undefined => {
  const [from, to] = [segmentsOf(old), segmentsOf(name)];
  if (from === undefined || to === undefined)
    return `«${from === undefined ? old : name}» is no path: each segment follows a slash`;
  const [asked, given] = [parametersOf(from), parametersOf(to)];
  if (new Set(asked).size < asked.length || asked.join() !== given.join())
    return `«${name}» needs each of the names in braces of «${old}» once, and no others`;
  if (overlap(from, to)) return `«${name}» and «${old}» fit the same paths`;
  const taken = earlier.flat().find((each) => {
    const segments = segmentsOf(each);
    return segments !== undefined && (overlap(segments, from) || overlap(segments, to));
  });
  return taken === undefined ? undefined : `it fits paths that «${taken}» of another rename fits, too`;
};

const mistakesInGroup = (group: keyof Renames, renames: Readonly<Record<string, string>>): RenameMistake[] => {
  const entries = Object.entries(renames);
  return entries.flatMap((entry, place) => {
    const earlier = entries.slice(0, place);
    const message = group === 'paths' ? messageOfPath(entry, earlier) : messageOfName(group, entry, earlier);
    return message === undefined ? [] : [{ group, name: entry[0], message }];
  });
};

/** All mistakes, in the order of the renames; empty if `createTranslator` may be called with them. */
export const mistakesInRenames = (renames: Renames): readonly RenameMistake[] => [
  ...mistakesInGroup('fields', renames.fields ?? {}),
  ...mistakesInGroup('members', renames.members ?? {}),
  ...mistakesInGroup('urns', renames.urns ?? {}),
  ...mistakesInGroup('mediaTypes', renames.mediaTypes ?? {}),
  ...mistakesInGroup('paths', renames.paths ?? {}),
];
