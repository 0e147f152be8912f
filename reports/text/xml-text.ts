/** Writes XML. Text may come from a target: it is escaped, and characters that XML does not allow are replaced. */
import { visible } from './visible-text.js';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** `>` is escaped, too, because content must not contain `]]>` (XML 1.0 §2.4). */
const content = (text: string): string => visible(text).replaceAll(/[&<>]/g, (character) => escapes[character] ?? '');

const quoted = (text: string): string => content(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;');

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${quoted(String(value))}"`)
    .join('');

/** An element with its children on lines of their own. */
export const element = (
  name: string,
  values: Readonly<Record<string, string | number>>,
  children: readonly string[] = [],
): string =>
  children.length === 0
    ? `<${name}${attributes(values)}/>`
    : `<${name}${attributes(values)}>\n${children.join('\n')}\n</${name}>`;

/** An element with text. There is no white space between tags and text, because it would be part of the text. */
export const withText = (name: string, values: Readonly<Record<string, string | number>>, text: string): string =>
  `<${name}${attributes(values)}>${content(text)}</${name}>`;
