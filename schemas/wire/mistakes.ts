/** Finds what is wrong with renames: names that would not come back when they are translated twice. */
import type { Renames } from './renames.js';

export interface RenameMistake {
  readonly group: keyof Renames;
  /** The name of the profile whose rename is wrong. */
  readonly name: string;
  /** What is wrong, as a clause. */
  readonly message: string;
}

const groups = ['fields', 'members', 'urns', 'mediaTypes', 'paths'] as const satisfies readonly (keyof Renames)[];

/** All mistakes, in the order of the renames. */
export const mistakesInRenames = (renames: Renames): readonly RenameMistake[] =>
  groups.flatMap((group) => {
    const taken = new Set<string>();
    return Object.entries(renames[group] ?? {}).flatMap(([name, renamed]): RenameMistake[] => {
      const both = [name.toLowerCase(), renamed.toLowerCase()];
      const clash = new Set(both).size < 2 ? name : both.find((each) => taken.has(each));
      for (const each of both) taken.add(each);
      return clash === undefined
        ? []
        : [{ group, name, message: `«${clash}» is used by another rename, or by itself` }];
    });
  });
