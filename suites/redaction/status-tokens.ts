/** Keeps status tokens (profile TOK) out of the trace: they are secrets that the target issues. */
import type { Vault } from './vault.js';

/** Matches up to the first character of a token. Names of members are case-insensitive (RFC 7643 §2.1). */
const opening = /"statusToken"\s*:\s*\{[^{}]*?"value"\s*:\s*"/gi;

/** The position of the quote that ends a JSON string, or the end of the text. A regular expression fails on a very long one. */
const endOf = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
};

/** The value of a JSON string; the characters themselves if they are no valid JSON string. */
const parseString = (characters: string): string => {
  try {
    return String(JSON.parse(`"${characters}"`));
  } catch {
    return characters;
  }
};

/** Replaces every status token in a body by a marker. */
export const withoutStatusTokens = (body: string, vault: Vault): string => {
  const parts: string[] = [];
  let done = 0;
  for (const match of body.matchAll(opening)) {
    const from = match.index + match[0].length;
    if (match.index < done) continue;
    const end = endOf(body, from);
    if (end === from) continue;
    parts.push(body.slice(done, from), vault.keep(parseString(body.slice(from, end))));
    done = end;
  }
  return parts.length === 0 ? body : parts.join('') + body.slice(done);
};
