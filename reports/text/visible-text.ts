/**
 * Text of a target for people and for files that others read: whatever a terminal or a log would obey, and whatever
 * cannot stand in XML, is shown and not written, and nothing is endless.
 */
import { clip, limits } from '../../suites/events.js';

/** Without line breaks. The controls of C1 and the separators are obeyed by some, though they look like letters. */
const controls = String.raw`\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029`;

/** What XML 1.0 (§2.2), UTF-8 or a reader's eye does not bear: half characters, none, and turns of the direction. */
const unfit = String.raw`\ud800-\udfff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;

const unseen = new RegExp(`[${controls}${unfit}]`, 'gu');

/** The beginning of what runs, or hides what follows, where somebody shows a log as HTML. */
const script = /<(?=\/?script|!--)/gi;

/** A character as its number. */
export const escaped = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** Line breaks stay; every character that would do harm becomes `\u` and four digits. For what is escaped after it. */
export const visible = (text: string): string => text.replaceAll(unseen, escaped);

/** The same for what is not escaped any more: a terminal, a log, JSON. */
export const printable = (text: string): string => visible(text).replaceAll(script, escaped);

/** JSON that is harmless wherever it is shown: a parser reads the very same value. */
export const harmlessJson = (value: unknown, indent?: number): string => printable(JSON.stringify(value, null, indent));

/** In one line, visible, and at most so long before it is made visible. */
export const inOneLine = (text: string, most: number = limits.line): string =>
  visible(clip(text, most).replaceAll(/\s*[\r\n\u2028\u2029]\s*/g, ' '));

/** For a terminal or a log of lines: nothing that a target says can be, or look like, a line of ours. */
export const oneLine = (text: string): string => printable(inOneLine(text, limits.text));
