/** Rate limits and overload: how providers refuse, and what they say about their limits. */
import { header, mediaType, urn } from '../../../../schemas/names.js';
import type { Answer } from '../../../../mock/http/answer.js';
import type { World } from '../../../../simulation/index.js';
import type { Handler, HandlerReply } from '../../../../suites/index.js';
import { inField, where, withFields, withoutHeader } from '../answers.js';
import { changing, withOptions, type Change, type Parts, type Variant } from '../variant.js';

/** A limit that the burst of the suite reaches. */
const limit = { options: { rateLimit: { capacity: 150, refillPerSecond: 100 } } } as const;

const limited =
  (change: Change): Variant['make'] =>
  () => ({ ...limit, change });

/** Values of the fields of the mock: `"default";r=5;t=3` and `"default";q=150;w=2`. */
const numbersOf = ({ headers }: Answer): Record<'q' | 'w' | 'r' | 't', string> | undefined => {
  const [now, policy] = [headers[header.rateLimit], headers[header.rateLimitPolicy]];
  if (now === undefined || policy === undefined) return undefined;
  const number = (text: string, name: string): string => new RegExp(`;${name}=(\\d+)`).exec(text)?.[1] ?? '0';
  return { q: number(policy, 'q'), w: number(policy, 'w'), r: number(now, 'r'), t: number(now, 't') };
};

const withoutLimitFields: Change = async (answer, request) =>
  withoutHeader(header.rateLimitPolicy)(await withoutHeader(header.rateLimit)(answer, request), request);

/** Says the same as the fields of the mock in those of another version of the draft. */
const inOtherFields =
  (fields: (numbers: Record<'q' | 'w' | 'r' | 't', string>) => Record<string, string>): Change =>
  async (answer, request) => {
    const numbers = numbersOf(answer);
    return numbers === undefined ? answer : withFields(await withoutLimitFields(answer, request), fields(numbers));
  };

/** Refuses a small part of all requests before it looks at them. */
const refusing = (status: number, world: World): NonNullable<Parts['wire']> => {
  const chance = world.chance.of(`refusals of ${status}`);
  const body = JSON.stringify({ schemas: [urn.error], status: String(status) });
  return (next) => (request) =>
    chance.number() > 0.02
      ? next(request)
      : Promise.resolve({
          status,
          headers: [
            [header.contentType, mediaType.scim],
            [header.retryAfter, '1'],
          ],
          body,
        });
};

/** A 429 that asks to wait for so many seconds. */
const throttled = (seconds: number): HandlerReply => ({
  status: 429,
  headers: [
    [header.contentType, mediaType.scim],
    [header.retryAfter, String(seconds)],
  ],
  body: JSON.stringify({ schemas: [urn.error], status: '429' }),
});

const inDate =
  ({ clock }: World) =>
  (seconds: string): string =>
    /^\d+$/.test(seconds) ? new Date(Math.ceil(clock.epoch() / 1000 + Number(seconds)) * 1000).toUTCString() : seconds;

const burst = { run: { burst: 250 }, only: ['rate limit', 'rate limit fields'] } as const;

export const limitVariants: readonly Variant[] = [
  {
    name: 'rate-limit-fields-of-draft-07-without-remaining',
    source: 'draft-ietf-httpapi-ratelimit-headers-07 §3, RATE-08 (any published version)',
    make: changing((answer) =>
      withFields(answer, { RateLimit: 'limit=100, reset=50', 'RateLimit-Policy': '100;w=60' }),
    ),
    only: ['rate limit fields'],
  },
  {
    name: 'rate-limit-fields-of-draft-10',
    source: 'draft-ietf-httpapi-ratelimit-headers-10 §3, §4',
    make: limited((answer) => answer),
    ...burst,
  },
  {
    name: 'rate-limit-fields-of-draft-07',
    source: 'draft-ietf-httpapi-ratelimit-headers-07 §3, RATE-08 (any published version)',
    make: limited(
      inOtherFields(({ q, w, r, t }) => ({
        RateLimit: `limit=${q}, remaining=${r}, reset=${t}`,
        'RateLimit-Policy': `${q};w=${w}`,
      })),
    ),
    ...burst,
  },
  {
    name: 'rate-limit-fields-of-draft-02',
    source: 'draft-ietf-httpapi-ratelimit-headers-02 §3, RATE-08 (any published version)',
    make: limited(
      inOtherFields(({ q, w, r, t }) => ({
        'RateLimit-Limit': `${q}, ${q};window=${w}`,
        'RateLimit-Remaining': r,
        'RateLimit-Reset': t,
      })),
    ),
    ...burst,
  },
  {
    name: 'no-rate-limit-fields',
    source: 'RFC 6585 §4, RATE-08 (where present)',
    make: limited(withoutLimitFields),
    ...burst,
  },
  {
    name: 'retry-after-of-a-429-as-a-date',
    source: 'RFC 9110 §10.2.3, RFC 6585 §4',
    make: (world) => ({
      ...limit,
      change: where((answer) => answer.status === 429, inField(header.retryAfter, inDate(world))),
    }),
    ...burst,
  },
  {
    name: 'retry-after-as-a-date-everywhere',
    source: 'RFC 9110 §10.2.3',
    make: (world) => ({ options: { retryAfterSeconds: 1 }, change: inField(header.retryAfter, inDate(world)) }),
    only: ['retry-after'],
  },
  {
    name: 'a-429-now-and-then',
    source: 'RFC 6585 §4',
    make: (world) => ({ wire: refusing(429, world) }),
    only: ['refusals'],
  },
  {
    name: 'a-503-with-retry-after-now-and-then',
    source: 'RFC 9110 §15.6.4, RATE-09 (429 or 503 with Retry-After)',
    make: (world) => ({ wire: refusing(503, world) }),
    only: ['refusals'],
  },
  {
    name: 'a-short-queue',
    source: 'RATE-09 (429 or 503 with Retry-After), RFC 9110 §15.6.4',
    make: withOptions({ queueCapacity: 60, maxOperations: 50 }),
    needs: ['bulk'],
    only: ['limits of bulk'],
  },
  {
    name: 'at-most-eight-requests-at-a-time',
    source: 'RFC 6585 §4',
    make: () => {
      let under = 0;
      return {
        wire:
          (next: Handler): Handler =>
          async (request) => {
            if (under >= 8) return throttled(1);
            under += 1;
            try {
              return await next(request);
            } finally {
              under -= 1;
            }
          },
      };
    },
  },
  {
    name: '429-after-some-bad-credentials',
    source: 'RFC 6585 §4',
    make: ({ clock }) => {
      let bad: number[] = [];
      return {
        wire:
          (next: Handler): Handler =>
          async (request) => {
            const reply = await next(request);
            if ('failure' in reply || reply.status !== 401) return reply;
            bad = bad.filter((at) => at > clock.now() - 2000);
            if (bad.length >= 10) return throttled(2);
            bad.push(clock.now());
            return reply;
          },
      };
    },
  },
];
