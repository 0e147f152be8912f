/**
 * Formats JSON on several lines. It changes only white space: parsing the text and writing it again would hide
 * duplicate members and round large numbers, and these may be the defect.
 */
import { beginning } from '../../../suites/events.js';

/** Longer texts are not formatted. */
const longestInput = 200_000;

/** An object or array that fits on one line stays on it. This is about half the width of the page. */
const lineWidth = 56;

const deepest = 20;

const isJson = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
};

const opens = (token: string | undefined): boolean => token === '{' || token === '[';
const closes = (token: string | undefined): boolean => token === '}' || token === ']';

const spaced = (token: string): string => (token === ',' ? ', ' : token === ':' ? ': ' : token);

/**
 * The object or array that begins at this token, on one line, and the number of its tokens; undefined if it is too
 * long.
 */
const inLine = (tokens: readonly string[], from: number, room: number): { line: string; count: number } | undefined => {
  let line = '';
  let depth = 0;
  for (let index = from; index < tokens.length && line.length <= room; index += 1) {
    const token = tokens[index] ?? '';
    if (opens(token)) depth += 1;
    if (closes(token)) depth -= 1;
    line += spaced(token);
    if (depth === 0) return line.length <= room ? { line, count: index - from + 1 } : undefined;
  }
  return undefined;
};

/** The JSON on several lines, cut after `limit` characters; undefined if the text is not a JSON object or array. */
export const jsonLayout = (text: string, limit: number): string | undefined => {
  if (text.length > longestInput || !isJson(text)) return undefined;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let result = '';
  let depth = 0;
  const newLine = (): string => `\n${'  '.repeat(Math.min(depth, deepest))}`;
  for (let index = 0; index < tokens.length; index += 1) {
    if (result.length > limit) return `${beginning(result, limit - 1)}…`;
    const token = tokens[index] ?? '';
    const column = result.length - result.lastIndexOf('\n') - 1;
    const short = opens(token) ? inLine(tokens, index, Math.max(lineWidth - column, 24)) : undefined;
    if (short !== undefined) {
      result += short.line;
      index += short.count - 1;
    } else if (opens(token)) {
      depth += 1;
      result += token + newLine();
    } else if (closes(token)) {
      depth -= 1;
      result += newLine() + token;
    } else {
      result += token === ',' ? token + newLine() : spaced(token);
    }
  }
  return result;
};
