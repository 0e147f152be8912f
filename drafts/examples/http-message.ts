/** Reads an HTTP message as figures show it: with folded field lines, without lengths, and often without a version. */
import type { SourceLine } from '../document.js';
import { bodyEnd, headEnd, isBodyStart, requestLine, statusLine } from './extent.js';
import { readBody, type Body } from './body.js';

export interface Field {
  readonly name: string;
  /** Without white space around it; folded lines are joined by one blank. */
  readonly value: string;
  readonly line: number;
}

interface Message {
  readonly line: number;
  readonly fields: readonly Field[];
  /** Lines of the head that are no fields. */
  readonly strays: readonly SourceLine[];
  readonly body?: Body;
}

export interface RequestExample extends Message {
  readonly kind: 'request';
  readonly method: string;
  readonly target: string;
}

export interface ResponseExample extends Message {
  readonly kind: 'response';
  readonly status: number;
}

/** A body that is shown without a message. */
export interface BodyExample {
  readonly kind: 'body';
  readonly line: number;
  readonly body: Body;
}

export type Example = RequestExample | ResponseExample | BodyExample;

const fieldLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):(?:\s+|$)(.*)$/;
/** Without a blank after the colon, only a name with a capital is one: the line may also go on with a URL or a URN. */
const tightFieldLine = /^([A-Z][\w-]*):(?!\/\/)(.*)$/;

/** Fields that are left out. */
const omission = /\.\.\.|…/;

/** Field lines may be folded: in figures for want of room (RFC 9112 §5.2 has them no more). */
const readFields = (lines: readonly SourceLine[]): { fields: Field[]; strays: SourceLine[] } => {
  const fields: { name: string; value: string; line: number }[] = [];
  const strays: SourceLine[] = [];
  const indent = Math.min(...lines.map(({ text }) => text.length - text.trimStart().length));
  for (const line of lines) {
    const text = line.text.slice(indent);
    const [, name, value] = fieldLine.exec(text) ?? tightFieldLine.exec(text) ?? [];
    const last = fields.at(-1);
    if (name !== undefined && value !== undefined) fields.push({ name, value: value.trim(), line: line.number });
    else if (last !== undefined && /^\s/.test(text)) last.value = `${last.value} ${text.trim()}`.trim();
    else if (!omission.test(text)) strays.push(line);
  }
  return { fields, strays };
};

/** The examples of a block, in their order. */
export const readExamples = (lines: readonly SourceLine[]): Example[] => {
  const examples: Example[] = [];
  for (let place = 0; place < lines.length;) {
    const { text = '', number: line = 0 } = lines[place] ?? {};
    const [, method, target] = requestLine.exec(text) ?? [];
    const status = statusLine.exec(text)?.[2];
    if (status === undefined && (method === undefined || target === undefined)) {
      const end = isBodyStart(text) ? bodyEnd(lines, place) : place + 1;
      if (isBodyStart(text)) examples.push({ kind: 'body', line, body: readBody(lines.slice(place, end)) });
      place = end;
      continue;
    }
    const head = headEnd(lines, place);
    const message = { line, ...readFields(lines.slice(place + 1, head)) };
    let next = head;
    while (lines[next]?.text === '') next += 1;
    const hasBody = isBodyStart(lines[next]?.text ?? '');
    place = hasBody ? bodyEnd(lines, next) : head;
    const whole = hasBody ? { ...message, body: readBody(lines.slice(next, place)) } : message;
    if (status !== undefined) examples.push({ kind: 'response', status: Number(status), ...whole });
    else examples.push({ kind: 'request', method: method ?? '', target: target ?? '', ...whole });
  }
  return examples;
};

/** The value of the first field of this name, whatever its letter case (RFC 9110 §5.1). */
export const fieldOf = ({ fields }: RequestExample | ResponseExample, name: string): Field | undefined =>
  fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
