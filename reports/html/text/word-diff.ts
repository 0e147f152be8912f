/** Finds the words that differ between two texts, so that the reader sees the difference at once. */
import { diffArrays, type ChangeObject } from 'diff';

export interface Part {
  readonly text: string;
  readonly same: boolean;
}

export interface WordDiff {
  readonly expected: readonly Part[];
  readonly actual: readonly Part[];
}

/**
 * The greatest number of words, spaces and punctuation marks that may differ. The cost grows with the square of this
 * number, and marks do not help a reader if most of the text is marked.
 */
const mostEdits = 300;

/** If two texts share a smaller part of their words, they are two different sentences and not two versions of one. */
const leastInCommon = 0.3;

const tokensOf = (text: string): string[] => text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];

const isWord = (token: string): boolean => /[\p{L}\p{N}]/u.test(token);

const countWords = (tokens: readonly string[]): number => tokens.filter(isWord).length;

interface Run {
  readonly tokens: readonly string[];
  readonly same: boolean;
}

/** Joins neighbouring runs of the same kind. */
const joined = (runs: readonly Run[]): Run[] =>
  runs.reduce<Run[]>((all, { tokens, same }) => {
    const last = all.at(-1);
    if (last?.same !== same) return [...all, { tokens, same }];
    return [...all.slice(0, -1), { tokens: [...last.tokens, ...tokens], same }];
  }, []);

/** The parts of one of the two texts. A single punctuation mark between two different words is marked with them. */
const partsOf = (changes: readonly ChangeObject<string[]>[]): Part[] => {
  const runs = joined(changes.map(({ value, added, removed }) => ({ tokens: value, same: !added && !removed })));
  const marked = runs.map(({ tokens, same }, index) => {
    const isBetween = index > 0 && index < runs.length - 1;
    return { tokens, same: same && !(isBetween && tokens.length === 1 && countWords(tokens) === 0) };
  });
  return joined(marked).map(({ tokens, same }) => ({ text: tokens.join(''), same }));
};

/** Both texts in parts. Nothing is marked if the texts have little in common. */
export const wordDiff = (expected: string, actual: string): WordDiff => {
  const [left, right] = [tokensOf(expected), tokensOf(actual)];
  const whole = { expected: [{ text: expected, same: true }], actual: [{ text: actual, same: true }] };
  const changes = diffArrays(left, right, { maxEditLength: mostEdits });
  if (changes === undefined) return whole;
  const common = countWords(changes.filter(({ added, removed }) => !added && !removed).flatMap(({ value }) => value));
  const fewest = Math.min(countWords(left), countWords(right));
  if (fewest === 0 || common / fewest < leastInCommon) return whole;
  return {
    expected: partsOf(changes.filter(({ added }) => !added)),
    actual: partsOf(changes.filter(({ removed }) => !removed)),
  };
};
