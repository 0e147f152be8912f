/**
 * Replaces credentials before anything is recorded, so that no report, log or trace can hold one, and so that a
 * judge can still see where an answer repeated it (SEC-08).
 */

export type CredentialName = 'primary' | 'second' | 'none' | 'invalid';

export const marker = (name: CredentialName): string => `{{${name}}}`;

/** A secret shorter than this is no secret, and replacing it would garble what is recorded. */
const shortest = 4;

/** How a secret may be spelled in a URL, a JSON string or a Basic credential. */
const spellings = (secret: string): string[] =>
  [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].filter((text) => text.length >= shortest);

/** A function that replaces every secret in a text by its marker. */
export const redactor = (secrets: readonly { name: CredentialName; secret: string }[]): ((text: string) => string) => {
  const pairs = secrets
    .flatMap(({ name, secret }) => spellings(secret).map((text) => ({ text, replacement: marker(name) })))
    .sort((a, b) => b.text.length - a.text.length);
  return (text) => pairs.reduce((result, pair) => result.replaceAll(pair.text, pair.replacement), text);
};
