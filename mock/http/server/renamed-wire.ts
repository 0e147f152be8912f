/** Translates requests and answers where they cross the border of the mock, if the wire has other names than the mock. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Translator } from '../../../schemas/wire/translator.js';

type AnswerFields = Readonly<Record<string, string>>;

/** In place, because the server reads the fields of a request wherever it likes. */
export const translateRequestFields = (headers: IncomingHttpHeaders, wire: Translator): void => {
  const lines = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  for (const [name] of lines) Reflect.deleteProperty(headers, name);
  for (const [name, value] of lines) {
    const [renamed, translated] = wire.field(name, value);
    headers[renamed.toLowerCase()] = translated;
  }
};

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes that are no UTF-8 stay. */
export const translateRequestBody = (body: Buffer, wire: Translator | undefined): Buffer => {
  if (wire === undefined) return body;
  try {
    return Buffer.from(wire.body(strict.decode(body)));
  } catch {
    return body;
  }
};

/** The fields and the body of an answer. */
export const translateAnswer = <T extends string | undefined>(
  { headers, text }: { readonly headers: AnswerFields; readonly text: T },
  wire: Translator | undefined,
): { readonly headers: AnswerFields; readonly text: T | string } =>
  wire === undefined
    ? { headers, text }
    : {
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => wire.field(name, value))),
        text: text === undefined ? text : wire.body(text),
      };
