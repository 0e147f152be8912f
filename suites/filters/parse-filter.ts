/**
 * Reads the text of a filter, so that a judge needs only the request that was sent (RFC 7644 §3.4.2.2, figure 1). `and`
 * binds tighter than `or`, and `not` has parentheses.
 */
import { operators, type Filter, type Literal } from './filter.js';

/** A string of JSON, a bracket, or a word: a name, an operator or another literal. */
const token = /\s*("(?:[^"\\]|\\.)*"|[()[\]]|[^\s()[\]"]+)/y;

const tokensOf = (text: string): string[] | undefined => {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (text.slice(token.lastIndex).trim() !== '') {
    const found = token.exec(text)?.[1];
    if (found === undefined) return undefined;
    tokens.push(found);
  }
  return tokens;
};

class NotAFilter extends Error {}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  private next(): string {
    const found = this.tokens[this.at];
    if (found === undefined) throw new NotAFilter();
    this.at += 1;
    return found;
  }

  private isNext(word: string): boolean {
    return this.tokens[this.at]?.toLowerCase() === word;
  }

  private demand(word: string): void {
    if (this.next() !== word) throw new NotAFilter();
  }

  private joined(kind: 'and' | 'or', part: () => Filter): Filter {
    const first = part();
    const parts = [first];
    while (this.isNext(kind)) {
      this.next();
      parts.push(part());
    }
    return parts.length === 1 ? first : { kind, parts };
  }

  private any(): Filter {
    return this.joined('or', () => this.joined('and', () => this.single()));
  }

  private within(closing: string): Filter {
    const filter = this.any();
    this.demand(closing);
    return filter;
  }

  private single(): Filter {
    const first = this.next();
    if (first === '(') return this.within(')');
    if (first.toLowerCase() === 'not' && this.isNext('(')) {
      this.next();
      return { kind: 'not', part: this.within(')') };
    }
    if (!/^[a-z]/i.test(first)) throw new NotAFilter();
    if (this.isNext('[')) {
      this.next();
      return { kind: 'value path', path: first, part: this.within(']') };
    }
    return this.leaf(first);
  }

  private leaf(path: string): Filter {
    const word = this.next().toLowerCase();
    if (word === 'pr') return { kind: 'present', path };
    const operator = operators.find((each) => each === word);
    if (operator === undefined) throw new NotAFilter();
    return { kind: 'compare', path, operator, value: literalOf(this.next()) };
  }

  whole(): Filter {
    const filter = this.any();
    if (this.at < this.tokens.length) throw new NotAFilter();
    return filter;
  }
}

const isLiteral = (value: unknown): value is Literal =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** Throws a SyntaxError if it is no JSON. */
const literalOf = (text: string): Literal => {
  const value: unknown = JSON.parse(text);
  if (!isLiteral(value)) throw new NotAFilter();
  return value;
};

/** Undefined if the text is no filter. */
export const parseFilter = (text: string): Filter | undefined => {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  try {
    return new Parser(tokens).whole();
  } catch (error) {
    if (error instanceof NotAFilter || error instanceof SyntaxError) return undefined;
    throw error;
  }
};
