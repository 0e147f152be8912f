/**
 * The ways in which a text may contain a secret: literally, or encoded for a URL, a JSON string, HTML or base64. A
 * provider that repeats a credential does not always repeat it character by character.
 */

/** Shorter secrets are not searched for: they would match text that has nothing to do with them. */
export const shortestSecret = 4;

/** Shorter base64 is not searched for: any long text contains it by chance. */
const shortestBase64 = 8;

/**
 * The base64 characters that stand for the secret inside a longer encoded text. There are three spellings, depending on
 * the offset of the secret. Characters that also encode a neighbouring byte are left out.
 */
const inBase64 = (secret: string): string[] =>
  [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const letters = bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return letters.length < shortestBase64 ? [] : [letters, letters.replaceAll('+', '-').replaceAll('/', '_')];
  });

/** All spellings that can be found by a literal search, without duplicates. */
export const spellingsOf = (secret: string): string[] => [
  ...new Set(
    [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]
      .filter((text) => text.length >= shortestSecret)
      .concat(inBase64(secret)),
  ),
];

/**
 * An ASCII character as JSON, a URL or HTML may escape it, once or twice. The number of backslashes is limited, because
 * some texts have a million of them.
 */
const escape =
  /\\{1,8}(?:u00([0-7][0-9a-f])|([^0-9a-z]))|%(?:25)?([0-7][0-9a-f])|&#(?:0{0,4}(\d{1,3})|x0{0,4}([0-7]?[0-9a-f]));/gi;

const characterOf = (hex: string | undefined, itself: string | undefined, decimal: string | undefined): string =>
  itself ?? String.fromCharCode(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal));

/** A text without its escapes. */
const withoutEscapes = (text: string): string =>
  text.replace(escape, (_, ...[json, itself, url, decimal, hex]: (string | undefined)[]) =>
    characterOf(json ?? url ?? hex, itself, decimal),
  );

/** A text without its escapes, and a function that maps a position in it to the position in the original text. */
const unescaped = (text: string): { plain: string; placeOf: (at: number) => number } => {
  /** From position `from` on, the plain text is `by` characters behind the original. */
  const shifts: { from: number; by: number }[] = [{ from: 0, by: 0 }];
  const parts: string[] = [];
  let by = 0;
  let end = 0;
  for (const { 0: all, 1: json, 2: itself, 3: url, 4: decimal, 5: hex, index } of text.matchAll(escape)) {
    const character = characterOf(json ?? url ?? hex, itself, decimal);
    parts.push(text.slice(end, index), character);
    end = index + all.length;
    const from = index - by + character.length;
    by += all.length - character.length;
    shifts.push({ from, by });
  }
  const plain = parts.join('') + text.slice(end);
  const placeOf = (at: number): number => {
    let [low, high] = [0, shifts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((shifts[middle]?.from ?? 0) <= at) low = middle;
      else high = middle;
    }
    return at + (shifts[low]?.by ?? 0);
  };
  return { plain, placeOf };
};

/** Where a text contains a secret with some of its characters escaped. */
export interface Sighting {
  readonly secret: string;
  readonly from: number;
  /** The position after its last character. */
  readonly to: number;
}

/** Finds secrets that are written with escapes, in the order of their positions. Sightings do not overlap. */
export const findEscaped = (text: string, secrets: readonly string[]): Sighting[] => {
  if (text.search(escape) === -1) return [];
  const readable = withoutEscapes(text);
  if (!secrets.some((secret) => readable.includes(secret))) return [];
  const { plain, placeOf } = unescaped(text);
  const found = secrets.flatMap((secret): Sighting[] => {
    const places: Sighting[] = [];
    for (let at = plain.indexOf(secret); at !== -1; at = plain.indexOf(secret, at + secret.length))
      places.push({ secret, from: placeOf(at), to: placeOf(at + secret.length) });
    return places;
  });
  let end = 0;
  return found
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .filter(({ from, to }) => {
      const isFree = from >= end;
      if (isFree) end = to;
      return isFree;
    });
};
