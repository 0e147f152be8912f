/** How security event tokens are delivered: by poll (RFC 8936) and by push (RFC 8935). */
import { header } from '../../../../schemas/names.js';
import { bodyOf, on, withBody } from '../../../../mock/faults/answers.js';
import { isJson, type Json } from '../../../../mock/json.js';
import { where } from '../answers.js';
import { changing, withOptions, withSeams, type Variant } from '../variant.js';

const isPoll = on(200, 'POST', /^\/events\/poll$/);

const setsOf = (body: Json): [string, unknown][] => (isJson(body.sets) ? Object.entries(body.sets) : []);

const polled = (change: (body: Json) => Json): Variant['make'] => changing(where(isPoll, withBody(change)));

const all: readonly Omit<Variant, 'binding'>[] = [
  {
    name: 'more-available-is-always-said',
    source: 'RFC 8936 §2.3',
    deliveries: ['poll'],
    make: polled((body) => ({ moreAvailable: false, ...body })),
  },
  {
    name: 'at-most-two-tokens-in-a-poll',
    source: 'RFC 8936 §2.2 (`maxEvents` is a maximum), §2.3',
    deliveries: ['poll'],
    make: polled((body) => {
      const sets = setsOf(body);
      return sets.length <= 2 ? body : { ...body, sets: Object.fromEntries(sets.slice(0, 2)), moreAvailable: true };
    }),
  },
  {
    name: 'tokens-in-no-order',
    source: 'RFC 8936 §2.3 (an object has no order)',
    deliveries: ['poll'],
    make: polled((body) => ({ ...body, sets: Object.fromEntries(setsOf(body).toReversed()) })),
  },
  {
    name: 'members-of-its-own-in-a-poll',
    source: 'RFC 8936 §2.3, RFC 8259 §4',
    deliveries: ['poll'],
    make: polled((body) => ({ ...body, stream_id: 'f67e39a0a4d34d56b3aa1bc4cff0069f', errors: null })),
  },
  {
    name: 'polls-that-never-wait',
    source: 'RFC 8936 §2.2 (the transmitter limits the wait), §2.4',
    deliveries: ['poll'],
    make: withOptions({ longPollSeconds: 0 }),
    only: ['time of polls'],
  },
  {
    name: 'polls-that-wait-long',
    source: 'RFC 8936 §2.4',
    deliveries: ['poll'],
    make: withOptions({ longPollSeconds: 30 }),
    only: ['time of polls'],
  },
  {
    name: 'an-empty-answer-now-and-then',
    source: 'RFC 8936 §2.3 (`sets` may be empty)',
    deliveries: ['poll'],
    make: () => {
      let polls = 0;
      return {
        change: where(isPoll, (answer) => {
          polls += 1;
          const isEmpty = setsOf(bodyOf(answer)).length === 0;
          return polls % 3 !== 1 || isEmpty ? answer : { ...answer, body: { sets: {}, moreAvailable: true } };
        }),
      };
    },
  },
  {
    name: 'pushes-with-more-fields',
    source: 'RFC 8935 §2.1, RFC 9110 §5.1',
    deliveries: ['push'],
    make: withSeams(({ pushRequest }) => ({
      pushRequest: (request) => {
        const { headers, body } = pushRequest(request);
        return {
          headers: { ...headers, 'User-Agent': 'transmitter/2.1', 'Accept-Language': 'de', 'X-Stream': '7' },
          body,
        };
      },
    })),
  },
  {
    name: 'pushes-with-their-type-in-capitals',
    source: 'RFC 9110 §8.3.1, RFC 8935 §2.1',
    deliveries: ['push'],
    make: withSeams(({ pushRequest }) => ({
      pushRequest: (request) => {
        const { headers, body } = pushRequest(request);
        return { headers: { ...headers, [header.contentType]: 'Application/SecEvent+JWT' }, body };
      },
    })),
  },
  {
    name: 'pushes-that-come-late',
    source: 'RFC 8935 §2 (no time is given)',
    deliveries: ['push'],
    make: ({ clock }) => ({
      seams: ({ sign }) => ({
        sign: async (claims, head, honestly) => {
          await clock.sleep(700);
          return sign(claims, head, honestly);
        },
      }),
    }),
  },
];

export const deliveryVariants: readonly Variant[] = all.map((variant) => ({ ...variant, binding: 'respond-async' }));
