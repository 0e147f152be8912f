/**
 * Text of a target for files that others read: whatever cannot stand in XML or in a log is shown and not written, and
 * nothing is endless.
 */
import { printable } from './http-text.js';

/** What `printable` leaves alone, and XML 1.0 (§2.2), UTF-8 or a reader's eye does not bear. */
const unfit =
  // Lone surrogates, non-characters, and the controls that turn the direction of what is read.
  /[\ud800-\udfff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Line breaks stay; every other control character, a lone surrogate and U+FFFE become `\u` and four digits. */
export const visible = (text: string): string =>
  printable(text).replaceAll(unfit, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });

/** At most so many characters of it, and how many there were. */
export const clipped = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text;

/** In one line, visible, and at most so long before it is made visible. */
export const inOneLine = (text: string, most = 300): string =>
  visible(clipped(text, most).replaceAll(/\s*[\r\n\u2028\u2029]\s*/g, ' '));
