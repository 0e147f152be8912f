/** Replaces strings in a JSON text, and keeps the rest to the letter: blanks, order, and members that stand there twice. */
import { createScanner } from 'jsonc-parser';

// The package declares its token types as a const enum, which isolated modules cannot read.
const stringToken = 10;
const colonToken = 6;
const endToken = 17;
const openBrace = 1;
const closeBrace = 2;
const openBracket = 3;
const closeBracket = 4;
/** A line break and a blank; comments are none of JSON, so that they stay what they are. */
const trivia: readonly number[] = [14, 15];

/** Where a string stands, in the names that the text has. */
export interface Holder {
  /** The member whose value it is, or whose list it stands in. */
  readonly member: string | undefined;
  /** The member in whose list the object of `member` stands; undefined if it stands in none. */
  readonly list: string | undefined;
}

export interface StringSwaps {
  readonly member: (name: string) => string;
  readonly value: (text: string, holder: Holder) => string;
}

/** Follows a text from bracket to bracket. */
class Nesting {
  private readonly open: { isList: boolean; member: string | undefined }[] = [];

  /** Of the string that comes next. */
  get holder(): Holder {
    const [outer, inner] = [this.open.at(-2), this.open.at(-1)];
    return { member: inner?.member, list: outer?.isList === true ? outer.member : undefined };
  }

  name(member: string): void {
    const inner = this.open.at(-1);
    if (inner !== undefined) inner.member = member;
  }

  read(kind: number): void {
    const isList = kind === openBracket;
    if (kind === openBrace || isList) this.open.push({ isList, member: isList ? this.holder.member : undefined });
    else if (kind === closeBrace || kind === closeBracket) this.open.pop();
  }
}

interface StringToken {
  readonly offset: number;
  readonly raw: string;
  readonly value: string;
}

/** Some writers escape each slash. Without other escapes both are read alike, so the new text is written as the old one was. */
const writtenLike = ({ raw, value }: StringToken, text: string): string => {
  const plain = JSON.stringify(text);
  const withSlashes = (json: string): string => json.replaceAll('/', '\\/');
  return value.includes('/') && raw === withSlashes(JSON.stringify(value)) ? withSlashes(plain) : plain;
};

/** Whether a text may be JSON: an object, a list or a string. Others hold no names. */
export const mayHoldNames = (text: string): boolean => /^\s*[{["]/.test(text);

/** A text that was cut is treated like a whole one, up to where it was cut. One that is no JSON has no strings of JSON. */
export const swapStrings = (text: string, { member, value }: StringSwaps): string => {
  if (!mayHoldNames(text)) return text;
  const scanner = createScanner(text, false);
  const pieces: string[] = [];
  let kept = 0;
  let last: StringToken | undefined;
  const nesting = new Nesting();
  const settle = (token: StringToken, isMember: boolean): void => {
    if (isMember) nesting.name(token.value);
    const changed = isMember ? member(token.value) : value(token.value, nesting.holder);
    if (changed === token.value) return;
    pieces.push(text.slice(kept, token.offset), writtenLike(token, changed));
    kept = token.offset + token.raw.length;
  };
  for (;;) {
    const kind: number = scanner.scan();
    if (trivia.includes(kind)) continue;
    if (last !== undefined) settle(last, kind === colonToken);
    last = undefined;
    if (kind === endToken) break;
    nesting.read(kind);
    const error: number = scanner.getTokenError();
    if (kind !== stringToken || error !== 0) continue;
    const offset = scanner.getTokenOffset();
    last = { offset, raw: text.slice(offset, offset + scanner.getTokenLength()), value: scanner.getTokenValue() };
  }
  return kept === 0 ? text : `${pieces.join('')}${text.slice(kept)}`;
};
