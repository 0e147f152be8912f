/** The body of an example: JSON, or a security event token or another JWT. */
import { findJsonMistake, type JsonMistake } from '../../schemas/json-mistake.js';
import type { SourceLine } from '../document.js';

export type Body =
  | { readonly kind: 'json'; readonly line: number; readonly value: unknown }
  /** `mistake.line` is that of the file. */
  | { readonly kind: 'not-json'; readonly line: number; readonly mistake: JsonMistake }
  /** Parts are left out with «...», so that it cannot be read. */
  | { readonly kind: 'abbreviated'; readonly line: number }
  /** A JWT in compact form (RFC 7519 §3), without the line breaks of the figure. */
  | { readonly kind: 'token'; readonly line: number; readonly token: string };

interface Unwrapped {
  readonly text: string;
  /** For each character of `text`, the place of its line. */
  readonly lineOf: readonly number[];
}

/**
 * Joins the lines of a text that was wrapped to the width of a page: with a blank, or with nothing if a backslash stands before the
 * line break.
 */
const unwrapped = (written: string): Unwrapped => {
  const lineOf: number[] = [];
  let isText = false;
  let text = '';
  let line = 0;
  const keep = (characters: string): void => {
    text += characters;
    for (let count = 0; count < characters.length; count += 1) lineOf.push(line);
  };
  for (let at = 0; at < written.length; at += 1) {
    const wrap = isText ? /^(\\?)\n[ \t]*/.exec(written.slice(at, at + 200)) : null;
    if (wrap !== null) {
      if (wrap[1] === '') keep(' ');
      at += wrap[0].length - 1;
      line += 1;
      continue;
    }
    const character = written.charAt(at);
    if (isText && character === '\\') {
      keep(written.slice(at, at + 2));
      at += 1;
      continue;
    }
    if (character === '"') isText = !isText;
    keep(character);
    if (character === '\n') line += 1;
  }
  return { text, lineOf };
};

/** «...» outside of texts, or a text of nothing else as the name of a member or as an item: something is left out. */
const isAbbreviated = (text: string): boolean =>
  /\.\.\.|…/.test(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted) => (/^"(?:\.\.\.|…)"$/.test(quoted) ? '...' : '""')));

export const readBody = (lines: readonly SourceLine[]): Body => {
  const line = lines[0]?.number ?? 0;
  const written = lines.map(({ text }) => text).join('\n');
  if (/^\s*eyJ/.test(written)) return { kind: 'token', line, token: written.replaceAll(/\s+/g, '') };
  const { text, lineOf } = unwrapped(written);
  if (isAbbreviated(text)) return { kind: 'abbreviated', line };
  const mistake = findJsonMistake(text);
  if (mistake === undefined) return { kind: 'json', line, value: JSON.parse(text) as unknown };
  const place = lineOf[Math.min(mistake.offset, lineOf.length - 1)] ?? 0;
  return { kind: 'not-json', line, mistake: { ...mistake, line: lines[place]?.number ?? line } };
};
