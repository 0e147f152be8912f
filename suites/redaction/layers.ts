/**
 * A text as it reads when its escapes, the line breaks in it, or the separators between hexadecimal digits are taken away,
 * together with the places of its characters in the original: a secret is found in the first, and removed from the second.
 */

export interface Layer {
  readonly text: string;
  /** `text` in lower case, of the same length. */
  readonly lower: string;
  /** The position in the original of the character at a position in `text`. */
  readonly startOf: (at: number) => number;
  /** The position in the original behind the character before a position in `text`. */
  readonly endOf: (at: number) => number;
}

/** Some letters are longer in lower case: then only ASCII letters are changed, so that all positions stay. */
const lowerOf = (text: string): string => {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
};

const layerOf = (text: string, { startOf, endOf }: Pick<Layer, 'startOf' | 'endOf'>): Layer => {
  let lower: string | undefined;
  return {
    text,
    get lower() {
      return (lower ??= lowerOf(text));
    },
    startOf,
    endOf,
  };
};

/**
 * An ASCII character as JSON, a URL, a programming language or HTML may escape it, once or several times. The number of
 * backslashes is limited, because some texts have a million of them.
 */
const escapes =
  /\\{1,8}(?:(?:u00|x)([0-7][0-9a-f])|([^0-9a-z]|[nrt]))|%(?:25){0,4}([0-7][0-9a-f])|&(?:amp;)?#(?:0{0,4}(\d{1,3})|x0{0,4}([0-7]?[0-9a-f]));|&(amp|lt|gt|quot|apos);/gi;

const namedCharacters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** `\n` of a JSON string stands for a line break. */
const itselfOf = (character: string): string => (/[nrt]/i.test(character) ? '\n' : character);

const unescapedOf = ([, json, itself, url, decimal, hex, name]: readonly (string | undefined)[]): string => {
  if (itself !== undefined) return itselfOf(itself);
  if (name !== undefined) return namedCharacters[name.toLowerCase()] ?? '';
  return String.fromCharCode(decimal === undefined ? Number.parseInt(json ?? url ?? hex ?? '', 16) : Number(decimal));
};

/** Line breaks with the blanks behind them: base64 is often broken into lines (RFC 2045 §6.8). */
const lineBreaks = /[\r\n][ \t\r\n]*/g;

/** Separators between the digits of four bytes or more, such as `73:65:63:72` or `0x73, 0x65, 0x63, 0x72`. */
const separatedHex = /(?:[0-9A-F]{2}[ :;,-]{1,2}(?:0x)?){3}[0-9A-F]{2}/i;

const separators = /[ :;,-]{1,2}(?:0x)?/gi;

/** From position `from` of the new text on, it is `by` characters behind the old one. */
interface Shift {
  readonly from: number;
  readonly by: number;
  /** Whether characters are missing before `from`, and none took their place. */
  readonly isGap: boolean;
}

/** The last shift that applies at a position. */
const shiftAt = (shifts: readonly Shift[], at: number): number => {
  let [low, high] = [0, shifts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((shifts[middle]?.from ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
};

/** The text with every match of the pattern replaced; undefined if there is none. */
const replaced = (
  before: Layer,
  pattern: RegExp,
  by: (match: readonly (string | undefined)[]) => string,
): Layer | undefined => {
  const { text } = before;
  const shifts: Shift[] = [{ from: 0, by: 0, isGap: false }];
  const parts: string[] = [];
  let behind = 0;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const character = by(match);
    parts.push(text.slice(end, match.index), character);
    end = match.index + match[0].length;
    const from = match.index - behind + character.length;
    behind += match[0].length - character.length;
    shifts.push({ from, by: behind, isGap: character === '' });
  }
  if (parts.length === 0) return undefined;
  parts.push(text.slice(end));
  return layerOf(parts.join(''), {
    startOf: (at) => before.startOf(at + (shifts[shiftAt(shifts, at)]?.by ?? 0)),
    endOf: (at) => {
      let place = shiftAt(shifts, at);
      while (place > 0 && shifts[place]?.isGap === true && shifts[place]?.from === at) place -= 1;
      return before.endOf(at + (shifts[place]?.by ?? 0));
    },
  });
};

const asItIs = (at: number): number => at;

/** Whether a text may have escapes; most have none, and this takes less time than to look for one. */
const mayHaveEscapes = /[\\%&]/;

/** So often escapes are taken away, of which one may be inside another, such as that of a URL in JSON. */
const mostRounds = 3;

const hasLineBreaks = /[\r\n]/;

/** The ways to read a text, beginning with the text itself; most texts have only this one. */
export const layersOf = (text: string): Layer[] => {
  const itself = layerOf(text, { startOf: asItIs, endOf: asItIs });
  const layers = [itself];
  const last = (): Layer => layers.at(-1) ?? itself;
  const read = (pattern: RegExp, by: Parameters<typeof replaced>[2]): boolean => {
    const layer = replaced(last(), pattern, by);
    if (layer !== undefined) layers.push(layer);
    return layer !== undefined;
  };
  for (let round = 0; round < mostRounds && mayHaveEscapes.test(last().text); round += 1)
    if (!read(escapes, unescapedOf)) break;
  if (hasLineBreaks.test(last().text)) read(lineBreaks, () => '');
  if (separatedHex.test(last().text)) read(separators, () => '');
  return layers;
};
