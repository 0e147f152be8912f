/** What a provider may make of a write as a whole: what it keeps, in which form, and which writes it takes beside each other. */
import { header, mediaType, urn } from '../../../../schemas/names.js';
import { isJson } from '../../../../mock/json.js';
import type { Handler } from '../../../../suites/index.js';
import { eachUser } from '../answers.js';
import { writing } from '../schema-changes.js';
import { changing, withSeams, type Variant } from '../variant.js';

/** Takes one write of a group at a time, and refuses those that come meanwhile. */
const oneAtATime = (): ((next: Handler) => Handler) => {
  const busy = new Set<string>();
  return (next) => async (request) => {
    const { method, url } = request;
    if (!['PUT', 'PATCH'].includes(method) || !/\/Groups\/[^/?]+$/.test(url)) return next(request);
    if (busy.has(url)) {
      const body = JSON.stringify({ schemas: [urn.error], status: '409' });
      return { status: 409, headers: [[header.contentType, mediaType.scim]], body };
    }
    busy.add(url);
    try {
      return await next(request);
    } finally {
      busy.delete(url);
    }
  };
};

/** A language tag in the letter case that RFC 5646 recommends, and with hyphens. */
const canonical = (tag: unknown): unknown =>
  typeof tag === 'string'
    ? tag
        .replaceAll('_', '-')
        .split('-')
        .map((part, place) => (place > 0 && part.length === 2 ? part.toUpperCase() : part.toLowerCase()))
        .join('-')
    : tag;

export const writeFormVariants: readonly Variant[] = [
  {
    name: 'puts-keep-what-they-leave-out',
    source: 'RFC 7644 §3.5.1 (what is omitted may be taken as not asserted; that it is cleared is a MAY)',
    make: writing(async (operation, transaction) => {
      const { method, path, data } = operation;
      if (method !== 'PUT' || !isJson(data)) return operation;
      const kept = (await transaction.find(path.split('/')[2] ?? ''))?.attributes;
      return kept === undefined || data.userName === '' ? operation : { ...operation, data: { ...kept, ...data } };
    }),
  },
  {
    name: 'one-write-of-a-group-at-a-time',
    source: 'RFC 7644 §3.12 (409), RFC 9110 §15.5.10',
    make: () => ({ wire: oneAtATime() }),
    needs: ['groups'],
  },
  {
    name: 'filtered-lists-with-the-newest-first',
    source: 'RFC 7644 §3.4.2.3 (without `sortBy` no order is given)',
    make: withSeams(({ listed }) => ({ listed: (found, filter) => listed(found, filter).toReversed() })),
  },
  {
    name: 'language-tags-in-their-usual-form',
    source: 'RFC 7643 §4.1.1, RFC 5646 §2.1.1',
    make: changing(
      eachUser((user) => ({
        ...user,
        ...(user.locale === undefined ? {} : { locale: canonical(user.locale) }),
        ...(user.preferredLanguage === undefined ? {} : { preferredLanguage: canonical(user.preferredLanguage) }),
      })),
    ),
    needs: ['many attributes'],
  },
];
