/** Foreign text in Markdown that is rendered as GitHub does: it is shown as it is, and is never markup. */
import { inOneLine, printable } from './visible-text.js';

/** Structure is never read from a character reference (CommonMark §2.5), nor by HTML: one way for both. */
const asReference = (character: string): string => `&#${character.codePointAt(0) ?? 0};`;

/**
 * One line for prose, a cell of a table or HTML: markup, links, mentions, emoji names and mathematics come out as the
 * characters they are.
 */
export const inert = (text: string, most?: number): string =>
  inOneLine(text, most).replaceAll(/[&<>"'`*_[\]\\|~!$@#^{}]|:(?=\S)|(?<=www)\./g, asReference);

/** A block that its text cannot end: the fence is longer than any run of backticks in it (CommonMark §4.5). */
export const fenced = (text: string, language = 'text'): string => {
  const shown = printable(text);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
};
