/**
 * Filters on the values of a list, as they stand in the path of a PATCH (`valFilter`, RFC 7644 §3.4.2.2). The judge and the
 * provider must not share a parser, so this one is the suite's own.
 */
import { isAlike, isPresent, normal } from '../../trace/alike.js';
import { atPath, type JsonObject } from '../../trace/message.js';

/** Whether a value matches; undefined if this depends on an attribute that the value does not show. */
export type ValueFilter = (value: JsonObject) => boolean | undefined;

export interface ReadFilter {
  readonly matches: ValueFilter;
  /** The value that a filter of a single `eq` describes; undefined for any other filter. */
  readonly example: JsonObject | undefined;
}

const token = /\s*(\(|\)|"(?:[^"\\]|\\.)*"|[^\s()"]+)/gy;

const tokensOf = (text: string): string[] => [...text.trim().matchAll(token)].map(([, found = '']) => found);

const literalOf = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
};

type Compare = (shown: string, wanted: string) => boolean;

const textual: Readonly<Record<string, Compare>> = {
  co: (shown, wanted) => shown.includes(wanted),
  sw: (shown, wanted) => shown.startsWith(wanted),
  ew: (shown, wanted) => shown.endsWith(wanted),
};

const compare = (op: string, shown: unknown, wanted: unknown): boolean | undefined => {
  if (op === 'eq') return isAlike(wanted, shown);
  if (op === 'ne') return !isAlike(wanted, shown);
  const test = textual[op];
  if (test === undefined || typeof shown !== 'string' || typeof wanted !== 'string') return undefined;
  return test(normal(shown), normal(wanted));
};

/** A value without `primary` is not the primary one (RFC 7643 §2.4). */
const shownAt = (value: JsonObject, name: string): unknown => {
  const shown = atPath(value, name);
  return name.toLowerCase() === 'primary' && !isPresent(shown) ? false : shown;
};

const not = (found: boolean | undefined): boolean | undefined => (found === undefined ? undefined : !found);

const both = (one: boolean | undefined, other: boolean | undefined): boolean | undefined => {
  if (one === false || other === false) return false;
  return one === undefined || other === undefined ? undefined : true;
};

/** Reads `or` of `and` of comparisons, `not (…)` and `(…)`, in this precedence. */
class Reader {
  private place = 0;

  constructor(private readonly tokens: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.place === this.tokens.length;
  }

  private next(): string | undefined {
    this.place += 1;
    return this.tokens[this.place - 1];
  }

  private takes(word: string): boolean {
    if (this.tokens[this.place]?.toLowerCase() !== word) return false;
    this.place += 1;
    return true;
  }

  either(): ValueFilter | undefined {
    const first = this.all();
    if (first === undefined || !this.takes('or')) return first;
    const rest = this.either();
    return rest && ((value) => not(both(not(first(value)), not(rest(value)))));
  }

  private all(): ValueFilter | undefined {
    const first = this.one();
    if (first === undefined || !this.takes('and')) return first;
    const rest = this.all();
    return rest && ((value) => both(first(value), rest(value)));
  }

  private one(): ValueFilter | undefined {
    const isNegated = this.takes('not');
    if (this.takes('(')) {
      const inner = this.either();
      if (inner === undefined || !this.takes(')')) return undefined;
      return isNegated ? (value) => not(inner(value)) : inner;
    }
    return isNegated ? undefined : this.comparison();
  }

  private comparison(): ValueFilter | undefined {
    const [name, op] = [this.next(), this.next()?.toLowerCase()];
    if (name === undefined || op === undefined) return undefined;
    if (op === 'pr') return (value) => isPresent(atPath(value, name));
    const wanted = literalOf(this.next());
    if (wanted === undefined) return undefined;
    return (value) => {
      const shown = shownAt(value, name);
      return isPresent(shown) ? compare(op, shown, wanted) : undefined;
    };
  }
}

const exampleOf = (tokens: readonly string[]): JsonObject | undefined => {
  const [name, op, literal, ...rest] = tokens;
  if (name === undefined || op?.toLowerCase() !== 'eq' || rest.length > 0) return undefined;
  const value = literalOf(literal);
  return value === undefined ? undefined : { [name]: value };
};

/** Undefined if the text is no filter. */
export const readValueFilter = (text: string): ReadFilter | undefined => {
  const tokens = tokensOf(text);
  const reader = new Reader(tokens);
  const matches = reader.either();
  return matches === undefined || !reader.isAtEnd ? undefined : { matches, example: exampleOf(tokens) };
};
