/** Filters (RFC 7644 §3.4.2.2) as data: what the generator makes, what is printed into a URL, and what the judge reads. */

export const partOperators = ['co', 'sw', 'ew'] as const;
export const orderOperators = ['gt', 'ge', 'lt', 'le'] as const;
export const operators = ['eq', 'ne', ...partOperators, ...orderOperators] as const;

export type Operator = (typeof operators)[number];
export type Literal = string | number | boolean | null;

/** `Value` is what an attribute is compared with: a literal, or the rule by which one is made. */
export interface Comparison<Value = Literal> {
  readonly kind: 'compare';
  /** As it is written, such as `name.familyName`. */
  readonly path: string;
  readonly operator: Operator;
  readonly value: Value;
}

export interface Presence {
  readonly kind: 'present';
  readonly path: string;
}

export interface Negation<Value = Literal> {
  readonly kind: 'not';
  readonly part: Filter<Value>;
}

export interface Combination<Value = Literal> {
  readonly kind: 'and' | 'or';
  readonly parts: readonly Filter<Value>[];
}

/** Holds if a single value of the attribute satisfies the inner filter. */
export interface ValuePath<Value = Literal> {
  readonly kind: 'value path';
  readonly path: string;
  readonly part: Filter<Value>;
}

export type Leaf<Value = Literal> = Comparison<Value> | Presence;

export type Filter<Value = Literal> = Leaf<Value> | Negation<Value> | Combination<Value> | ValuePath<Value>;

/** What is written in capitals: RFC 7644 §3.4.2.2 makes no difference for names of attributes and for operators. */
export type Capitals = 'none' | 'names' | 'operators';

/** A URN keeps its letters: only the name behind it is changed. */
const spelledName = (path: string, capitals: Capitals): string => {
  if (capitals !== 'names') return path;
  const from = path.lastIndexOf(':') + 1;
  return path.slice(0, from) + path.slice(from).toUpperCase();
};

/** The filter as text, with no more parentheses than its meaning needs. */
export const printed = (filter: Filter, capitals: Capitals = 'none'): string => {
  const word = (operator: string): string => (capitals === 'operators' ? operator.toUpperCase() : operator);
  switch (filter.kind) {
    case 'compare':
      return `${spelledName(filter.path, capitals)} ${word(filter.operator)} ${JSON.stringify(filter.value)}`;
    case 'present':
      return `${spelledName(filter.path, capitals)} ${word('pr')}`;
    case 'not':
      return `${word('not')} (${printed(filter.part, capitals)})`;
    case 'value path':
      return `${spelledName(filter.path, capitals)}[${printed(filter.part, capitals)}]`;
    default:
      return filter.parts
        .map((part) => {
          const text = printed(part, capitals);
          return part.kind === 'or' || part.kind === filter.kind ? `(${text})` : text;
        })
        .join(` ${word(filter.kind)} `);
  }
};

/** The comparisons inside a value path, with the whole path of their attributes. */
const leavesWithin = (path: string, filter: Filter): Filter[] => {
  switch (filter.kind) {
    case 'compare':
    case 'present':
      return [{ ...filter, path: `${path}.${filter.path}` }];
    case 'not':
      return leavesWithin(path, filter.part);
    case 'value path':
      return [];
    default:
      return filter.parts.flatMap((part) => leavesWithin(path, part));
  }
};

/**
 * The filters that a filter consists of, innermost first and without itself. If one of these is answered wrong, the
 * answer to the whole shows nothing new.
 */
export const partsOf = (filter: Filter): Filter[] => {
  switch (filter.kind) {
    case 'compare':
    case 'present':
      return [];
    case 'not':
      return [...partsOf(filter.part), filter.part];
    case 'value path':
      return leavesWithin(filter.path, filter.part);
    default:
      return filter.parts.flatMap((part) => [...partsOf(part), part]);
  }
};
