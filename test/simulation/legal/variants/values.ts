/** Values that a provider keeps in a form of its own, where letter case and Unicode form mean nothing (`caseExact` false). */
import { isJson, type Json } from '../../../../mock/json.js';
import { eachResource } from '../answers.js';
import { changing, type Variant } from '../variant.js';

/** Attributes of users and groups whose values are compared without regard to case (RFC 7643 §7, §8.7.1). */
const texts = ['userName', 'displayName', 'nickName', 'title', 'userType', 'preferredLanguage'];

const changed = (value: unknown, change: (text: string) => string): unknown =>
  typeof value === 'string' ? change(value) : value;

const changedMembers = (value: Json, names: readonly string[], change: (text: string) => string): Json =>
  Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, names.includes(name) ? changed(member, change) : member]),
  );

const names = ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'];

const listed = (value: unknown, change: (text: string) => string): unknown =>
  Array.isArray(value)
    ? value.map((item: unknown) => (isJson(item) ? changedMembers(item, ['value', 'display', 'type'], change) : item))
    : value;

/** Changes all texts in users and groups, names and e-mail addresses included. */
const keeping = (change: (text: string) => string): Variant['make'] =>
  changing(
    eachResource((resource) => ({
      ...changedMembers(resource, texts, change),
      ...(isJson(resource.name) ? { name: changedMembers(resource.name, names, change) } : {}),
      ...(resource.emails === undefined ? {} : { emails: listed(resource.emails, change) }),
      ...(resource.phoneNumbers === undefined ? {} : { phoneNumbers: listed(resource.phoneNumbers, change) }),
    })),
  );

const capitalised = (text: string): string =>
  text.toLowerCase().replaceAll(/(?<!\p{L})\p{L}/gu, (first) => first.toUpperCase());

/** A URL whose letters have their accents in one character. */
const composed = (url: string): string =>
  url.replaceAll(/[a-z](?:%[c-e][\da-f](?:%[89ab][\da-f])+)+/gi, (letter) =>
    encodeURIComponent(decodeURIComponent(letter).normalize('NFC')),
  );

export const valueVariants: readonly Variant[] = [
  {
    name: 'texts-kept-in-capitals',
    source: 'RFC 7643 §7 (caseExact), §8.7.1',
    make: keeping((text) => text.toUpperCase()),
    only: ['form of texts'],
  },
  {
    name: 'texts-kept-in-lower-case',
    source: 'RFC 7643 §7 (caseExact), §8.7.1',
    make: keeping((text) => text.toLowerCase()),
    only: ['form of texts'],
  },
  {
    name: 'texts-kept-with-capitals-at-the-beginning-of-words',
    source: 'RFC 7643 §7 (caseExact), §8.7.1',
    make: keeping(capitalised),
    only: ['form of texts'],
  },
  {
    name: 'texts-kept-in-decomposed-form',
    source: 'RFC 7643 §7, RFC 8265 §3 (equal after normalisation)',
    make: (world) => ({
      ...keeping((text) => text.normalize('NFD'))(world),
      // Who finds what it shows, in whatever form it is asked for.
      wire: (next) => (request) =>
        next({
          ...request,
          url: composed(request.url),
          ...(request.body === undefined ? {} : { body: request.body.normalize('NFC') }),
        }),
    }),
    only: ['form of texts'],
  },
];
