/** SEC-05 needs an estimate of whether the ids of a sample can be guessed from one another. */

/** In bits (profile SEC-05). */
export const leastSpread = 64;

/** How many different characters a random sample of this size shows on average. */
const averageSeen = (alphabet: number, sample: number): number => alphabet * (1 - (1 - 1 / alphabet) ** sample);

/** Samples differ by chance: a sample of random ids may show as little as this part of the average. */
const leastPartOfAverage = 0.75;

/**
 * Estimates by how many bits the ids of a sample differ. For each place in the id, it counts the different characters
 * that were seen there, and it sums up the logarithms of these numbers. A small sample cannot show every character at
 * every place, so a place with about the expected number of characters counts as if it had shown all characters. Ids may
 * differ in length, so places are counted once from the left and once from the right; the smaller estimate is the result.
 */
export const spreadOf = (ids: readonly string[]): number => {
  const longest = Math.max(...ids.map((id) => id.length));
  const spread = (at: (id: string, place: number) => string): number => {
    const places = Array.from({ length: longest }, (_, place) => new Set(ids.map((id) => at(id, place)))).filter(
      ({ size }) => size > 1,
    );
    const alphabet = new Set(places.flatMap((seen) => [...seen])).size;
    const enough = leastPartOfAverage * averageSeen(alphabet, ids.length);
    return places.reduce((bits, { size }) => bits + Math.log2(size >= enough ? alphabet : size), 0);
  };
  return Math.min(
    spread((id, place) => id[place] ?? ''),
    spread((id, place) => id[id.length - 1 - place] ?? ''),
  );
};

/** The largest step between neighbours that still counts as sequential: an attacker can try as many numbers. */
const smallStep = 1000n;

/** How many characters all ids have in common, at the places that `at` counts. */
const commonLength = (ids: readonly string[], at: (id: string, place: number) => string | undefined): number => {
  const shortest = Math.min(...ids.map((id) => id.length));
  const first = ids[0] ?? '';
  let length = 0;
  while (length < shortest && ids.every((id) => at(id, length) === at(first, length))) length += 1;
  return length;
};

/** The ids without their common beginning and end, such as the path before and after the id in a URL. */
const varyingParts = (ids: readonly string[]): readonly string[] => {
  const beginning = commonLength(ids, (id, place) => id[place]);
  const rests = ids.map((id) => id.slice(beginning));
  const end = commonLength(rests, (id, place) => id[id.length - 1 - place]);
  return rests.map((rest) => rest.slice(0, rest.length - end));
};

/** The texts as decimal numbers if all of them are, else as hexadecimal ones; undefined if they are neither. */
const numbersIn = (texts: readonly string[]): readonly bigint[] | undefined => {
  if (texts.every((text) => /^\d{1,18}$/.test(text))) return texts.map((text) => BigInt(text));
  if (texts.every((text) => /^[0-9a-f]{1,16}$/i.test(text))) return texts.map((text) => BigInt(`0x${text}`));
  return undefined;
};

/** Whether the ids count up in small steps. */
export const isSequential = (ids: readonly string[]): boolean => {
  const sorted = numbersIn(varyingParts(ids))?.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return (
    sorted?.slice(1).every((number, index) => {
      const step = number - (sorted[index] ?? 0n);
      return step > 0n && step < smallStep;
    }) ?? false
  );
};
