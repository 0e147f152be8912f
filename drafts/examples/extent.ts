/** Where an example begins and ends among other text: HTTP messages, JSON and tokens. */
import type { SourceLine } from '../document.js';

/** A request line; the version is often left out, and the target may be wrapped. */
export const requestLine =
  /^\s*(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+((?:\/|https?:\/\/|\*)\S*|\{[^}\s]+\}\S*)(?:\s+HTTP\/(\d(?:\.\d)?))?\s*$/;
/** A status line (RFC 9112 §4). */
export const statusLine = /^\s*HTTP\/(\d(?:\.\d)?)\s+(\d{3})(?:\s+(.*?))?\s*$/;

const jsonStart = /^\s*(?:\{\s*(?:$|"|\})|\[\s*(?:$|["{\]]))/;
/** A compact JWS or JWE begins with an object in base64url. */
const tokenStart = /^\s*eyJ[\w-]+(?:\.|$)/;

export const isMessageStart = (line: string): boolean => requestLine.test(line) || statusLine.test(line);

export const isBodyStart = (line: string): boolean => jsonStart.test(line) || tokenStart.test(line);

export const isExampleStart = (line: string): boolean => isMessageStart(line) || isBodyStart(line);

/** How a line of JSON may begin that follows a blank line within a value. */
const jsonGoesOn = /^\s*(?:["[\]{}\d,-]|true\b|false\b|null\b|\.\.\.)/;

type Lines = readonly SourceLine[];

/** Counts brackets outside of texts; a text may go over several lines, because figures are wrapped. */
class Depth {
  private open = 0;
  private isText = false;

  /** Returns whether the value has ended in this line. */
  read(line: string): boolean {
    for (let at = 0; at < line.length; at += 1) {
      const character = line.charAt(at);
      if (this.isText) {
        if (character === '\\') at += 1;
        else if (character === '"') this.isText = false;
      } else if (character === '"') this.isText = true;
      else if ('[{'.includes(character)) this.open += 1;
      else if (']}'.includes(character)) this.open -= 1;
    }
    return this.open <= 0 && !this.isText;
  }

  get isInText(): boolean {
    return this.isText;
  }
}

const jsonEnd = (lines: Lines, begin: number, isOver: (line: string) => boolean): number => {
  const depth = new Depth();
  let end = begin;
  for (; end < lines.length; end += 1) {
    const line = lines[end]?.text ?? '';
    const isNewParagraph = end > begin && line !== '' && lines[end - 1]?.text === '';
    if (isOver(line)) break;
    if (isNewParagraph && (isMessageStart(line) || !(depth.isInText || jsonGoesOn.test(line)))) break;
    if (depth.read(line)) return end + 1;
  }
  while (end > begin + 1 && lines[end - 1]?.text === '') end -= 1;
  return end;
};

const paragraphEnd = (lines: Lines, begin: number): number => {
  let end = begin;
  while ((lines[end]?.text ?? '') !== '') end += 1;
  return end;
};

/** The place after the body that begins at this place. */
export const bodyEnd = (lines: Lines, begin: number, isOver: (line: string) => boolean = () => false): number =>
  jsonStart.test(lines[begin]?.text ?? '') ? jsonEnd(lines, begin, isOver) : paragraphEnd(lines, begin);

/** The place after the head of a message: before the blank line, or before the next message or body. */
export const headEnd = (lines: Lines, begin: number): number => {
  let end = begin + 1;
  while ((lines[end]?.text ?? '') !== '' && !isExampleStart(lines[end]?.text ?? '')) end += 1;
  return end;
};

/** The place after the example that begins at this place: of a message, with its body. `isOver` knows what is no example. */
export const exampleEnd = (lines: Lines, begin: number, isOver: (line: string) => boolean): number => {
  if (!isMessageStart(lines[begin]?.text ?? '')) return bodyEnd(lines, begin, isOver);
  const head = headEnd(lines, begin);
  let next = head;
  while (lines[next]?.text === '') next += 1;
  return isBodyStart(lines[next]?.text ?? '') ? bodyEnd(lines, next, isOver) : head;
};
