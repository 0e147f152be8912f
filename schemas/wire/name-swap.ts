/** Exchanges names for each other that may be written in several letter cases. */

/** The spellings of a name that are told apart, so that each has one counterpart. */
const spellings: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toLowerCase(),
  (name) => name.toUpperCase(),
  (name) => name.slice(0, 1).toUpperCase() + name.slice(1),
];

const bothWays = (renames: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  Object.entries(renames).flatMap(([old, name]) => [[old, name] as const, [name, old] as const]);

/** Each spelling of each name with its counterpart in the same spelling. */
export const counterpartsOf = (renames: Readonly<Record<string, string>>): ReadonlyMap<string, string> => {
  const pairs = bothWays(renames);
  // The spelling that comes first has the word if two of them are alike, as with a name in small letters.
  const all = spellings.flatMap((spell) => pairs.map(([from, to]) => [spell(from), spell(to)] as const));
  return new Map(all.reverse());
};

/** The counterpart of a name, or the name itself if it has none. */
export type SwapName = (name: string) => string;

/** A name in another letter case than those of its spellings stays. */
export const createNameSwap = (renames: Readonly<Record<string, string>> = {}): SwapName => {
  const counterparts = counterpartsOf(renames);
  return (name) => counterparts.get(name) ?? name;
};

/** For names whose letter case never matters: one in any letter case has a counterpart. */
export const createCaselessSwap = (renames: Readonly<Record<string, string>> = {}): SwapName => {
  const counterparts = counterpartsOf(renames);
  const others = new Map(bothWays(renames).map(([from, to]) => [from.toLowerCase(), to]));
  return (name) => counterparts.get(name) ?? others.get(name.toLowerCase()) ?? name;
};
