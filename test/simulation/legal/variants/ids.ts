/** The forms of identifiers. The mock makes UUIDs. */
import type { World } from '../../../../simulation/index.js';
import type { Replace, Variant } from '../variant.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const text = (world: World, purpose: string, alphabet: string, length: number): (() => string) => {
  const chance = world.chance.of(purpose);
  return () => Array.from({ length }, () => alphabet[Math.floor(chance.number() * alphabet.length)]).join('');
};

/** Ids of resources, and of what the mock makes beside them, but not of asynchronous requests. */
const ofResources =
  (newId: () => string): Replace =>
  ({ newId: unguessable, read }) => ({
    newId,
    read: (head) => ({ ...read(head), id: unguessable() }),
  });

/** Ids of asynchronous requests only: of the status resource and in Set-Txn. */
const ofRequests =
  (newId: () => string): Replace =>
  ({ read }) => ({ read: (head) => ({ ...read(head), id: newId() }) });

export const idVariants: readonly Variant[] = [
  {
    name: 'short-random-ids',
    source: 'RFC 7643 §3.1, SEC-05 (64 bits are enough)',
    make: (world) => ({ seams: () => ({ newId: text(world, 'ids of 71 bits', letters, 12) }) }),
    only: ['ids of resources', 'ids of requests'],
  },
  {
    name: 'ids-of-resources-that-count-up',
    source: 'RFC 7643 §3.1 (any string), SEC-05 (speaks of status resources and results)',
    make: () => {
      let last = 1000;
      return { seams: ofResources(() => String((last += 1))) };
    },
    only: ['ids of resources'],
  },
  {
    name: 'ids-of-resources-with-one-character',
    source: 'RFC 7643 §3.1 (any string that is not empty)',
    make: () => {
      let last = 0;
      return { seams: ofResources(() => (last += 1).toString(36)) };
    },
    only: ['ids of resources'],
  },
  {
    name: 'long-ids-of-resources',
    source: 'RFC 7643 §3.1 (no length is given)',
    make: (world) => ({ seams: ofResources(text(world, 'long ids', letters, 180)) }),
    only: ['ids of resources'],
  },
  {
    name: 'ids-of-resources-with-legal-punctuation',
    source: 'RFC 7643 §3.1, RFC 3986 §2.3',
    make: (world) => {
      const random = text(world, 'ids with punctuation', letters, 14);
      return { seams: ofResources(() => `u-${random()}_v.1~(a)!*'`) };
    },
    only: ['ids of resources'],
  },
  {
    name: 'object-ids-in-hexadecimal',
    source: 'RFC 7643 §3.1',
    make: (world) => ({ seams: ofResources(text(world, 'object ids', '0123456789abcdef', 24)) }),
    only: ['ids of resources'],
  },
  {
    name: 'base64url-ids-of-requests',
    source: 'RFC 9967 §3 (a unique string), profile §2',
    make: (world) => ({ seams: ofRequests(text(world, 'ids in base64url', `${letters}-_`, 22)) }),
    only: ['ids of requests'],
  },
  {
    name: 'long-ids-of-requests-with-punctuation',
    source: 'RFC 9967 §3 (a unique string), RFC 3986 §2.3',
    make: (world) => {
      const random = text(world, 'long ids of requests', letters, 60);
      return { seams: ofRequests(() => `eu-1.${random()}~${random()}.v2`) };
    },
    only: ['ids of requests'],
  },
  {
    name: 'ids-of-requests-that-begin-with-a-time',
    source: 'RFC 9967 §3, RFC 9562 §5.7 (UUIDv7), SEC-05',
    make: (world) => {
      const random = text(world, 'ids after a time', '0123456789abcdef', 20);
      return {
        seams: ofRequests(() => {
          const time = world.clock.epoch().toString(16).padStart(12, '0');
          const rest = random();
          return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-a${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
        }),
      };
    },
    only: ['ids of requests'],
  },
];
