/**
 * The spellings of a secret that texts are searched for: itself, base64, hexadecimal digits, and these upon each other. A
 * provider that repeats a credential does not always repeat it character by character. Escapes are no spelling: they are
 * taken out of the text (`layers.ts`).
 */

/** Shorter secrets are not searched for: they would match text that has nothing to do with them. */
export const shortestSecret = 4;

/** Shorter secrets are searched for in their own letter case, and as a whole word. */
export const shortestDistinctive = 8;

/** Shorter base64 is not searched for: any long text contains it by chance. */
const shortestBase64 = 8;

export interface Needle {
  /** In lower case if the letter case does not matter. */
  readonly text: string;
  readonly ignoresCase: boolean;
  /** Whether it counts only where no letter or digit is beside it. */
  readonly isWord: boolean;
}

/**
 * The base64 characters that stand for a text inside a longer encoded text. There are three spellings, depending on the
 * offset of the text. Characters that also encode a neighbouring byte are left out.
 */
const inBase64 = (text: string): string[] => [
  ...new Set(
    [0, 1, 2].flatMap((before) => {
      const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
      const letters = bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
      return letters.length < shortestBase64 ? [] : [letters, letters.replaceAll('+', '-').replaceAll('/', '_')];
    }),
  ),
];

const inHex = (text: string): string => Buffer.from(text).toString('hex');

/** Texts such as `true` and `1234` stand in any JSON, so that a marker in their place would make it unreadable. */
const isCommon = (secret: string): boolean =>
  secret.length < shortestDistinctive && /^(?:true|false|null|[\d.]+)$/i.test(secret);

/** Whether a text can be searched for this secret. */
export const isFindable = (secret: string): boolean => secret.length >= shortestSecret && !isCommon(secret);

/** What to search for to find a secret in any spelling: the plain one comes first. Empty for one that is too short. */
export const needlesOf = (secret: string): Needle[] => {
  if (!isFindable(secret)) return [];
  const isDistinctive = secret.length >= shortestDistinctive;
  const otherCases = isDistinctive ? [secret.toUpperCase(), secret.toLowerCase()] : [];
  const once = inBase64(secret);
  const hex = inHex(secret);
  const anyCase = [hex, ...[...once, hex, hex.toUpperCase(), ...otherCases].map(inHex)];
  const exactly = [...once, ...[...once, hex, hex.toUpperCase(), ...otherCases].flatMap(inBase64)];
  return [
    { text: secret, ignoresCase: false, isWord: !isDistinctive },
    ...(isDistinctive ? [{ text: secret.toLowerCase(), ignoresCase: true, isWord: false }] : []),
    ...[...new Set(exactly)].map((text) => ({ text, ignoresCase: false, isWord: false })),
    ...[...new Set(anyCase)].map((text) => ({ text, ignoresCase: true, isWord: false })),
  ];
};
