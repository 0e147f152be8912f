/** Finds the words in which two short texts differ, so that the eye finds them, too. */

export interface Part {
  readonly text: string;
  readonly same: boolean;
}

export interface WordDiff {
  readonly expected: readonly Part[];
  readonly actual: readonly Part[];
}

/** Words to compare: the table below has as many cells as the product of both. */
const mostTokens = 600;

/** Less than this part in common, and they are two sentences rather than two versions of one. */
const leastInCommon = 0.3;

const tokensOf = (text: string): string[] => text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];

/** Indices of the longest common subsequence, of both sides. */
const common = (left: readonly string[], right: readonly string[]): [number, number][] => {
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
};

const isWord = (token: string): boolean => /[\p{L}\p{N}]/u.test(token);

/** Neighbours of one kind are one part; signs between two different words belong to them. */
const partsOf = (tokens: readonly string[], shared: ReadonlySet<number>): Part[] => {
  const parts: Part[] = [];
  const push = (text: string, same: boolean): void => {
    const last = parts.at(-1);
    if (last?.same === same) parts[parts.length - 1] = { text: last.text + text, same };
    else parts.push({ text, same });
  };
  const differs = (index: number): boolean => index in tokens && !shared.has(index);
  tokens.forEach((token, index) => {
    const between = !isWord(token) && differs(index - 1) && differs(index + 1);
    push(token, shared.has(index) && !between);
  });
  return parts;
};

/** Both texts in parts; where they have little in common nothing is marked. */
export const wordDiff = (expected: string, actual: string): WordDiff => {
  const [left, right] = [tokensOf(expected), tokensOf(actual)];
  const whole = { expected: [{ text: expected, same: true }], actual: [{ text: actual, same: true }] };
  if (left.length > mostTokens || right.length > mostTokens) return whole;
  const pairs = common(left, right);
  const words = pairs.filter(([index]) => isWord(left[index] ?? '')).length;
  const fewest = Math.min(left.filter(isWord).length, right.filter(isWord).length);
  if (fewest === 0 || words / fewest < leastInCommon) return whole;
  return {
    expected: partsOf(left, new Set(pairs.map(([index]) => index))),
    actual: partsOf(right, new Set(pairs.map(([, index]) => index))),
  };
};
