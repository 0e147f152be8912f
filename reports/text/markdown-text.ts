/** Text that is not ours, put into Markdown as GitHub renders it: it is shown as it is, and never read as markup. */
import { inOneLine, printable } from './visible-text.js';

/** A character reference is never read as structure, neither by Markdown (CommonMark §2.5) nor by HTML. */
const asReference = (character: string): string => `&#${character.codePointAt(0) ?? 0};`;

/**
 * One line for prose, for a cell of a table or for HTML. Markup, links, mentions, names of emojis and mathematics are
 * shown as the characters that they consist of.
 */
export const inert = (text: string, most?: number): string =>
  inOneLine(text, most).replaceAll(/[&<>"'`*_[\]\\|~!$@#^{}]|:(?=\S)|(?<=www)\./g, asReference);

/** A block that its text cannot close: the fence is longer than any run of backticks in the text (CommonMark §4.5). */
export const fenced = (text: string, language = 'text'): string => {
  const shown = printable(text);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
};
