/**
 * How a secret may be spelled in a text: as it is, in a URL, in a JSON string, in HTML or within base64. Who repeats a
 * credential does not always repeat it letter for letter.
 */

/** A secret shorter than this is no secret, and looking for it would find what is none. */
export const shortestSecret = 4;

/** Base64 of less than this is found in any text that is long enough. */
const shortestBase64 = 8;

/**
 * What base64 of any text has in it where the text has the secret in it: by where the secret begins there are three
 * spellings. Letters that the neighbours of the secret have a part in are left out.
 */
const inBase64 = (secret: string): string[] =>
  [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const letters = bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return letters.length < shortestBase64 ? [] : [letters, letters.replaceAll('+', '-').replaceAll('/', '_')];
  });

/** Spellings that can be looked for letter by letter, each once. */
export const spellingsOf = (secret: string): string[] => [
  ...new Set(
    [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]
      .filter((text) => text.length >= shortestSecret)
      .concat(inBase64(secret)),
  ),
];

/** An ASCII character as JSON, a URL or HTML may escape it, once or twice; so many backslashes, as some send a million. */
const escape =
  /\\{1,8}(?:u00([0-7][0-9a-f])|([^0-9a-z]))|%(?:25)?([0-7][0-9a-f])|&#(?:0{0,4}(\d{1,3})|x0{0,4}([0-7]?[0-9a-f]));/gi;

const characterOf = (hex: string | undefined, itself: string | undefined, decimal: string | undefined): string =>
  itself ?? String.fromCharCode(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal));

/** A text without its escapes. */
const withoutEscapes = (text: string): string =>
  text.replace(escape, (_, ...[json, itself, url, decimal, hex]: (string | undefined)[]) =>
    characterOf(json ?? url ?? hex, itself, decimal),
  );

/** A text without its escapes, and the place in the text of each place in it. */
const unescaped = (text: string): { plain: string; placeOf: (at: number) => number } => {
  /** From this place on, what is plain is so much shorter than the text. */
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

/** Where a secret stands in a text with some of its characters escaped. */
export interface Sighting {
  readonly secret: string;
  readonly from: number;
  /** The place behind it. */
  readonly to: number;
}

/** Finds secrets that are written with escapes, those first that begin first. Sightings do not overlap. */
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
