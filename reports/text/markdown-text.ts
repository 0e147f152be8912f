/** Puts text from a target into Markdown for GitHub: the text is shown as it is, and never interpreted as markup. */
import { inOneLine, printable } from './visible-text.js';

/** A character reference is never interpreted as structure, neither by Markdown (CommonMark §2.5) nor by HTML. */
const asReference = (character: string): string => `&#${character.codePointAt(0) ?? 0};`;

/**
 * One line, for prose, for a table cell or for HTML. Markup, links, mentions, emoji names and formulas are shown as
 * plain characters.
 */
export const inert = (text: string, most?: number): string =>
  inOneLine(text, most).replaceAll(/[&<>"'`*_[\]\\|~!$@#^{}]|:(?=\S)|(?<=www)\./g, asReference);

/**
 * A code block that its text cannot close: the fence is longer than any sequence of backticks in the text (CommonMark
 * §4.5).
 */
export const fenced = (text: string, language = 'text'): string => {
  const shown = printable(text);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
};
