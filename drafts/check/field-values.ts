/** The grammar of header fields that SCIM and its drafts use. A field that is not listed is not judged. */
import { parseDictionary, parseItem, parseList } from 'structured-headers';
import type { Field, RequestExample, ResponseExample } from '../examples/http-message.js';
import type { FoundAt } from './finding.js';

interface Grammar {
  readonly isValid: (value: string) => boolean;
  /** A noun phrase. */
  readonly form: string;
  readonly source: string;
}

const matches =
  (form: RegExp) =>
  (value: string): boolean =>
    form.test(value);

const parses =
  (parse: (value: string) => unknown) =>
  (value: string): boolean => {
    try {
      parse(value);
      return true;
    } catch {
      return false;
    }
  };

const tag = String.raw`(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"`;
const token = String.raw`[!#$%&'*+\-.^_\x60|~0-9A-Za-z]+`;
const parameter = String.raw`\s*;\s*(?:${token}=(?:${token}|"(?:[^"\\]|\\.)*"))?`;
const preference = String.raw`${token}(?:\s*=\s*(?:${token}|"[^"]*"))?(?:\s*;\s*${token}(?:\s*=\s*(?:${token}|"[^"]*"))?)*`;
const httpDate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const uriReference = /^(?:[!#$&'()*+,\-./:;=?@_~0-9A-Za-z[\]]|%[\dA-Fa-f]{2})*$/;

const entityTag: Grammar = {
  isValid: matches(new RegExp(`^${tag}$`)),
  form: 'an entity tag in double quotes, with W/ before them if it is weak',
  source: 'RFC 9110 §8.8.3',
};
const entityTags = (source: string): Grammar => ({
  isValid: matches(new RegExp(String.raw`^(?:\*|${tag}(?:\s*,\s*${tag})*)$`)),
  form: '* or a list of entity tags in double quotes',
  source,
});
const reference = (source: string): Grammar => ({
  isValid: matches(uriReference),
  form: 'a URI reference, without quotes or blanks',
  source,
});
const preferences = (source: string): Grammar => ({
  isValid: matches(new RegExp(String.raw`^${preference}(?:\s*,\s*${preference})*$`)),
  form: 'a list of preferences',
  source,
});
const date = (source: string): Grammar => ({ isValid: matches(httpDate), form: 'an HTTP date', source });
const structured = (parse: (value: string) => unknown, form: string, source: string): Grammar => ({
  isValid: parses(parse),
  form,
  source,
});

const grammars: Readonly<Record<string, Grammar>> = {
  location: reference('RFC 9110 §10.2.2'),
  'content-location': reference('RFC 9110 §8.7'),
  etag: entityTag,
  'if-match': entityTags('RFC 9110 §13.1.1'),
  'if-none-match': entityTags('RFC 9110 §13.1.2'),
  'retry-after': {
    isValid: (value) => /^\d+$/.test(value) || httpDate.test(value),
    form: 'a whole number of seconds or an HTTP date',
    source: 'RFC 9110 §10.2.3',
  },
  date: date('RFC 9110 §6.6.1'),
  'last-modified': date('RFC 9110 §8.8.2'),
  'content-type': {
    isValid: matches(new RegExp(`^${token}/${token}(?:${parameter})*$`)),
    form: 'a media type',
    source: 'RFC 9110 §8.3',
  },
  prefer: preferences('RFC 7240 §2'),
  'preference-applied': preferences('RFC 7240 §3'),
  'content-length': { isValid: matches(/^\d+$/), form: 'a whole number', source: 'RFC 9110 §8.6' },
  ratelimit: structured(parseList, 'a list of structured fields', 'RFC 9651 §3.1'),
  'ratelimit-policy': structured(parseList, 'a list of structured fields', 'RFC 9651 §3.1'),
  priority: structured(parseDictionary, 'a dictionary of structured fields', 'RFC 9218 §4'),
  deprecation: structured(parseItem, 'an item of structured fields', 'RFC 9745 §2'),
};

/** A value with a placeholder, such as `{id}`, `<id>` or `...`, is no value yet. */
const isPlaceholder = (value: string): boolean => /\.\.\.|…|\{[^}]*\}|<[^>]*>/.test(value);

const findInvalid = ({ name, value, line }: Field): FoundAt[] => {
  const grammar = grammars[name.toLowerCase()];
  if (grammar === undefined || isPlaceholder(value) || grammar.isValid(value)) return [];
  const { form, source } = grammar;
  return [
    {
      code: 'field-value-invalid',
      line,
      expected: `${name} to be ${form}`,
      actual: `it is ${value === '' ? 'empty' : `«${value}»`}`,
      source,
    },
  ];
};

export const checkFields = ({ fields, strays }: RequestExample | ResponseExample): FoundAt[] => [
  ...strays.map(({ text, number }): FoundAt => ({
    code: 'field-line-invalid',
    line: number,
    expected: 'a header field: a name, a colon and a value',
    actual: `the line is «${text.trim()}»`,
    source: 'RFC 9110 §5',
  })),
  ...fields.flatMap(findInvalid),
];
