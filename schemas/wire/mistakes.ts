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

/** What a rename must not clash with. */
interface Others {
  /** The renames before it. */
  readonly earlier: readonly Entry[];
  readonly inUse: readonly string[];
}

const messageOfName = (group: keyof Renames, [old, name]: Entry, { earlier, inUse }: Others): string | undefined => {
  if (name.trim() === '') return 'the new name is empty';
  if (isWithin(group, old, name)) return `«${name}» is no other name`;
  if (group === 'fields' && [old, name].some((each) => framing.includes(each.toLowerCase())))
    return 'a field that frames messages or connections cannot be renamed';
  const clash = earlier.flat().find((taken) => isWithin(group, taken, name) || isWithin(group, taken, old));
  if (clash !== undefined) return `it clashes with «${clash}», which another rename uses`;
  const taken = inUse.find((each) => isWithin(group, each, name));
  return taken === undefined
    ? undefined
    : `«${name}» clashes with «${taken}», which the profile uses for something else`;
};

const messageOfPath = ([old, name]: Entry, { earlier, inUse }: Others): string | undefined => {
  const [from, to] = [segmentsOf(old), segmentsOf(name)];
  if (from === undefined || to === undefined)
    return `«${from === undefined ? old : name}» is no path: each segment follows a slash`;
  const [asked, given] = [parametersOf(from), parametersOf(to)];
  if (new Set(asked).size < asked.length || asked.join() !== given.join())
    return `«${name}» needs each of the names in braces of «${old}» once, and no others`;
  if (overlap(from, to)) return `«${name}» and «${old}» fit the same paths`;
  const fits =
    (...paths: (typeof to)[]) =>
    (each: string) =>
      paths.some((path) => overlap(segmentsOf(each) ?? [], path));
  const clash = earlier.flat().find(fits(from, to));
  if (clash !== undefined) return `it fits paths that «${clash}» of another rename fits, too`;
  const taken = inUse.find(fits(to));
  return taken === undefined ? undefined : `«${name}» fits paths that «${taken}» of the profile fits, too`;
};

const mistakesInGroup = (
  group: keyof Renames,
  renames: Readonly<Record<string, string>>,
  inUse: readonly string[],
): RenameMistake[] => {
  const entries = Object.entries(renames);
  return entries.flatMap((entry, place) => {
    const others: Others = { earlier: entries.slice(0, place), inUse };
    const message = group === 'paths' ? messageOfPath(entry, others) : messageOfName(group, entry, others);
    return message === undefined ? [] : [{ group, name: entry[0], message }];
  });
};

/** Names of a profile by their kind. */
export type NamesInUse = Readonly<Record<keyof Renames, readonly string[]>>;

const groups = ['fields', 'members', 'urns', 'mediaTypes', 'paths'] as const;

/** All mistakes, group by group; empty if `createTranslator` may be called with the renames. `inUse`: names of the profile. */
export const mistakesInRenames = (renames: Renames, inUse?: NamesInUse): readonly RenameMistake[] =>
  groups.flatMap((group) => mistakesInGroup(group, renames[group] ?? {}, inUse?.[group] ?? []));
