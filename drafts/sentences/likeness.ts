/** How alike two sentences are: whether one may be a version of the other. */
import { diffArrays } from 'diff';

export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Of all words of both sentences, the part that they share in the same order: from 0 to 1. */
export const likeness = (one: readonly string[], other: readonly string[]): number => {
  const shared = diffArrays([...one], [...other])
    .filter(({ added, removed }) => !added && !removed)
    .reduce((count, { value }) => count + value.length, 0);
  return (2 * shared) / Math.max(1, one.length + other.length);
};

/** Below this, two sentences are not versions of one. */
export const leastLikeness = 0.6;
