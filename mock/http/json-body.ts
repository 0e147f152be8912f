/** Parses request bodies as JSON, and refuses invalid ones. */
import { mediaType } from '../../schemas/names.js';
import { Problem } from '../problem.js';

/** Deepest nesting that is accepted: more than any SCIM message needs. Deeper bodies could exhaust the stack. */
const deepest = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Whether brackets outside strings nest deeper than `deepest`. */
const isTooDeep = (text: string): boolean => {
  // Most bodies have too few brackets for that.
  if (text.split(/[{[]/, deepest + 2).length <= deepest + 1) return false;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > deepest) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
};

/** JSON is UTF-8 (RFC 8259 §8.1), so a type with another charset is refused. */
const isJsonType = (contentType: string): boolean => {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  if (type !== mediaType.scim && type !== mediaType.json) return false;
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return charset === undefined || /^"?utf-?8"?$/.test(charset);
};

/** Drops `__proto__`: assigning it would change the prototype of an object. */
const withoutPrototypeNames = (name: string, value: unknown): unknown => (name === '__proto__' ? undefined : value);

/** The body as a JSON value; undefined if it is empty, whatever the content type. Throws a Problem of 415 or 400. */
export const readJson = (contentType: string | undefined, body: Buffer): unknown => {
  if (body.length === 0) return undefined;
  if (!isJsonType(contentType ?? ''))
    throw new Problem(415, `A body is ${mediaType.scim} or ${mediaType.json} in UTF-8.`);
  try {
    const text = utf8.decode(body);
    if (isTooDeep(text)) throw new Problem(400, 'The body is nested too deeply.', 'invalidSyntax');
    return text.includes('__proto__') ? JSON.parse(text, withoutPrototypeNames) : JSON.parse(text);
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(400, 'The body is not valid JSON.', 'invalidSyntax');
  }
};
