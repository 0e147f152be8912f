/**
 * Compares one value with the literal of a filter (RFC 7644 §3.4.2.2, table 3). What depends on the collation of a
 * database, or on a normal form that a provider may choose, is open.
 */
import type { LetterCase } from './attribute-paths.js';
import type { Operator } from './filter.js';

/** Whether a filter matches; `open` where both answers are right. */
export type Truth = 'yes' | 'no' | 'open';

export const truthOf = (holds: boolean): Truth => (holds ? 'yes' : 'no');

export const negated = (truth: Truth): Truth => (truth === 'open' ? 'open' : truthOf(truth === 'no'));

export const anyOf = (truths: readonly Truth[]): Truth => {
  if (truths.includes('yes')) return 'yes';
  return truths.includes('open') ? 'open' : 'no';
};

export const allOf = (truths: readonly Truth[]): Truth => negated(anyOf(truths.map(negated)));

type TextOperator = 'eq' | 'co' | 'sw' | 'ew';

const holds = (operator: TextOperator, actual: string, expected: string): boolean => {
  switch (operator) {
    case 'eq':
      return actual === expected;
    case 'co':
      return actual.includes(expected);
    case 'sw':
      return actual.startsWith(expected);
    case 'ew':
      return actual.endsWith(expected);
  }
};

/** Without accents, letter case, Unicode forms and white space: texts that differ in this form differ for everybody. */
const loose = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}|\s/gu, '')
    .toLowerCase();

/** A provider may keep composed characters, so that a text that ends inside of one is no part of it. */
const holdsComposed: typeof holds = (operator, actual, expected) =>
  holds(operator, actual, expected) && holds(operator, actual.normalize('NFC'), expected.normalize('NFC'));

const compareTexts = (operator: TextOperator, actual: string, expected: string, letterCase: LetterCase): Truth => {
  if (holdsComposed(operator, actual, expected)) return 'yes';
  if (!holds(operator, loose(actual), loose(expected))) return 'no';
  if (letterCase === 'open' || !holdsComposed(operator, actual.toLowerCase(), expected.toLowerCase())) return 'open';
  return truthOf(letterCase === 'ignored');
};

/** Milliseconds: a provider may keep a moment with more or fewer digits than it shows. */
const precision = 2000;

/** Negative, 0 or positive as in sorting; undefined where the order is not clear. */
const orderOfTexts = (actual: string, expected: string): number | undefined => {
  if (actual === expected) return 0;
  const areNumbers = /^\d+$/.test(actual) && /^\d+$/.test(expected) && actual.length === expected.length;
  // Some languages sort two letters as one, so that only the first letters decide.
  const areWords = /^[a-z]+$/.test(actual) && /^[a-z]+$/.test(expected) && actual[0] !== expected[0];
  if (!areNumbers && !areWords) return undefined;
  return actual < expected ? -1 : 1;
};

const orderOfDates = (actual: string, expected: string): number | undefined => {
  const difference = Date.parse(actual) - Date.parse(expected);
  return Math.abs(difference) < precision || Number.isNaN(difference) ? undefined : difference;
};

const isInOrder = (operator: Operator, order: number): boolean => {
  switch (operator) {
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
    case 'ne':
      return order !== 0;
    default:
      return order === 0;
  }
};

/** What is compared, and how its attribute is to be compared. */
export interface Compared {
  readonly actual: unknown;
  readonly expected: unknown;
  readonly letterCase: LetterCase;
  readonly isDate: boolean;
}

export const compareValues = (operator: Operator, { actual, expected, letterCase, isDate }: Compared): Truth => {
  // A value that is there is not null.
  if (expected === null) return operator === 'eq' || operator === 'ne' ? truthOf(operator === 'ne') : 'open';
  if (typeof actual === 'boolean' && typeof expected === 'boolean' && (operator === 'eq' || operator === 'ne'))
    return truthOf((actual === expected) === (operator === 'eq'));
  if (typeof actual !== 'string' || typeof expected !== 'string') return 'open';
  if (isDate) {
    const order = orderOfDates(actual, expected);
    return order === undefined ? 'open' : truthOf(isInOrder(operator, order));
  }
  switch (operator) {
    case 'ne':
      return negated(compareTexts('eq', actual, expected, letterCase));
    case 'eq':
    case 'co':
    case 'sw':
    case 'ew':
      return compareTexts(operator, actual, expected, letterCase);
    default: {
      const order = orderOfTexts(actual, expected);
      return order === undefined ? 'open' : truthOf(isInOrder(operator, order));
    }
  }
};
