/** What providers say about their rate limits. */
import { withFields } from '../answers.js';
import { changing, type Variant } from '../variant.js';

export const limitVariants: readonly Variant[] = [
  {
    name: 'rate-limit-fields-of-draft-07-without-remaining',
    source: 'draft-ietf-httpapi-ratelimit-headers-07 §3, RATE-08',
    make: changing((answer) =>
      withFields(answer, { RateLimit: 'limit=100, reset=50', 'RateLimit-Policy': '100;w=60' }),
    ),
    only: ['rate limit fields'],
  },
];
