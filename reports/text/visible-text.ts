/**
 * Makes text from a target safe to show. Characters that a terminal or a log would act on, and characters that XML does
 * not allow, are replaced by their numbers, such as `\u001b`. Long text is cut.
 */
import { clip, limits } from '../../suites/events.js';

/** All control characters except the line feed, and the separators that some programs treat as line breaks. */
const controls = String.raw`\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029`;

/**
 * Halves of surrogate pairs (not UTF-8), non-characters (not XML, §2.2), and characters that change the writing
 * direction.
 */
const unfit = String.raw`\ud800-\udfff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;

const unseen = new RegExp(`[${controls}${unfit}]`, 'gu');

/** If a log is shown as HTML, a script would run, and a comment would hide the text after it. */
const script = /<(?=\/?script|!--)/gi;

/** A character as its number, such as `\u001b`. */
export const escaped = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/**
 * Replaces every harmful character by its number; line breaks stay. For text that is escaped afterwards, as in HTML.
 */
export const visible = (text: string): string => text.replaceAll(unseen, escaped);

/** The same for text that is not escaped afterwards: on a terminal, in a log, in JSON. */
export const printable = (text: string): string => visible(text).replaceAll(script, escaped);

/** JSON that is safe to show anywhere. A parser reads the same value from it. */
export const harmlessJson = (value: unknown, indent?: number): string => printable(JSON.stringify(value, null, indent));

/**
 * The text on one line, with invisible characters made visible. `most` limits the length before that step, which can
 * make the text longer.
 */
export const inOneLine = (text: string, most: number = limits.line): string =>
  visible(clip(text, most).replaceAll(/\s*[\r\n\u2028\u2029]\s*/g, ' '));

/** For a terminal or a log: text from a target cannot begin a line, so that it cannot look like a line of this tool. */
export const oneLine = (text: string): string => printable(inOneLine(text, limits.text));
