/** Keeps status tokens (profile TOK) out of what is recorded: they are secrets that the target hands out. */
import type { Vault } from './vault.js';

/** Up to the first character of a token. */
const opening = /"statusToken"\s*:\s*\{[^{}]*?"value"\s*:\s*"/g;

/** The place of the quote that ends a JSON string, or of the end of the text. A pattern would not stand a long one. */
const endOf = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
};

/** What a JSON string says; what stands there where it is none after all. */
const said = (characters: string): string => {
  try {
    return String(JSON.parse(`"${characters}"`));
  } catch {
    return characters;
  }
};

/** The body of an answer with a marker in the place of every status token. */
export const withoutStatusTokens = (body: string, vault: Vault): string => {
  const parts: string[] = [];
  let done = 0;
  for (const match of body.matchAll(opening)) {
    const from = match.index + match[0].length;
    if (match.index < done) continue;
    const end = endOf(body, from);
    if (end === from) continue;
    parts.push(body.slice(done, from), vault.keep(said(body.slice(from, end))));
    done = end;
  }
  return parts.length === 0 ? body : parts.join('') + body.slice(done);
};
