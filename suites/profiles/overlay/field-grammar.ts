/** The forms that a profile file can demand of a header field by name. */
import { parseDictionary, parseItem, parseList } from 'structured-headers';
import type { FieldRule } from '../../../schemas/types.js';

type Grammar = NonNullable<FieldRule['grammar']>;

const isParsed = (parse: () => unknown): boolean => {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
};

/** IMF-fixdate, the only form of HTTP-date that a sender may generate (RFC 9110 §5.6.7). */
const isHttpDate = (value: string): boolean => {
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toUTCString() === value;
};

const isNumber = (value: string): boolean => {
  try {
    return typeof parseItem(value)[0] === 'number';
  } catch {
    return false;
  }
};

/** RFC 9651 §3; a number is an item that is an integer or a decimal. */
export const isOfGrammar: Readonly<Record<Grammar, (value: string) => boolean>> = {
  item: (value) => isParsed(() => parseItem(value)),
  list: (value) => isParsed(() => parseList(value)),
  dictionary: (value) => isParsed(() => parseDictionary(value)),
  number: isNumber,
  'http-date': isHttpDate,
};

/** The name of each form in messages. */
export const grammarNames: Readonly<Record<Grammar, string>> = {
  item: 'an item (RFC 9651 §3.3)',
  list: 'a list (RFC 9651 §3.1)',
  dictionary: 'a dictionary (RFC 9651 §3.2)',
  number: 'an integer or a decimal (RFC 9651 §3.3)',
  'http-date': 'an HTTP-date (RFC 9110 §5.6.7)',
};
