/** Providers that protect resources from lost updates: a write has to say which version it changes (RFC 6585 §3). */
import { header, mediaType, urn } from '../../../../schemas/names.js';
import type { Operation } from '../../../../mock/operation.js';
import { Problem } from '../../../../mock/problem.js';
import { typeOfPath } from '../../../../mock/resources/resource-type.js';
import type { Change, Replace, Variant } from '../variant.js';

const writes: readonly string[] = ['PUT', 'PATCH', 'DELETE'];

/** Each of these operations on a resource has to name its version, synchronous or not, also in a bulk request. */
const demandingOf =
  (isConcerned: (operation: Operation) => boolean): Replace =>
  ({ apply }) => ({
    apply: async (operation, transaction) => {
      const { method, path, version } = operation;
      const type = typeOfPath(path);
      if (writes.includes(method) && version === undefined && type !== undefined && isConcerned(operation)) {
        await transaction.get(type.name, path.split('/')[2] ?? '');
        throw new Problem(428, 'The write has to name the version that it changes.');
      }
      return apply(operation, transaction);
    },
  });

const demanding = demandingOf(() => true);

/** The tags of the mock are weak. */
const withStrongTags: Change = (answer) => {
  const { [header.etag]: tag, ...others } = answer.headers;
  const body = JSON.stringify(answer.body ?? null).replaceAll('"W/\\"', '"\\"');
  return {
    ...answer,
    headers: tag === undefined ? others : { ...others, [header.etag]: tag.replace('W/', '') },
    ...(answer.body === undefined ? {} : { body: JSON.parse(body) as unknown }),
  };
};

export const preconditionVariants: readonly Variant[] = [
  {
    name: 'if-match-demanded-of-every-operation',
    source: 'RFC 6585 §3; RFC 7644 §3.7: `version` of a bulk operation',
    only: ['preconditions'],
    make: () => ({ seams: demanding }),
    needs: ['etags'],
  },
  {
    name: 'if-match-demanded-of-deletes-only',
    source: 'RFC 6585 §3',
    only: ['preconditions'],
    make: () => ({ seams: demandingOf(({ method }) => method === 'DELETE') }),
    needs: ['etags'],
  },
  {
    name: 'versions-demanded-in-bulk-requests-only',
    source: 'RFC 6585 §3; RFC 7644 §3.7: `version` of a bulk operation',
    only: ['preconditions'],
    make: () => ({ seams: demandingOf(({ bulkId }) => bulkId !== undefined) }),
    needs: ['etags', 'bulk'],
  },
  {
    name: 'if-match-demanded-with-strong-tags',
    source: 'RFC 6585 §3; RFC 9110 §8.8.1',
    only: ['preconditions'],
    make: () => ({ seams: demanding, change: withStrongTags }),
    needs: ['etags'],
  },
  {
    name: 'if-match-demanded-before-anything-else',
    source: 'RFC 6585 §3',
    only: ['preconditions'],
    make: () => ({
      wire: (next) => (request) => {
        const hasTag = request.headers.some(([name]) => name.toLowerCase() === header.ifMatch.toLowerCase());
        if (!writes.includes(request.method) || !/\/(Users|Groups)\/[^/?]+$/.test(request.url) || hasTag)
          return next(request);
        const body = JSON.stringify({ schemas: [urn.error], status: '428' });
        return Promise.resolve({ status: 428, headers: [[header.contentType, mediaType.scim]], body });
      },
    }),
    needs: ['etags'],
  },
];
