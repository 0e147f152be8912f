/** HOOK-01: not judged yet. */
import { cite } from '../../contract/citation.js';
import { notTestedYet } from '../../definitions/guide.js';
import { defineRequirement } from '../../definitions/requirement.js';

export const hook01 = defineRequirement({
  id: 'HOOK-01',
  since: '1.0',
  level: 'MUST',
  title:
    '`POST /integration/webhook` {eventType, endpoint, attributes, secret} answers 201 with `Location` and `id`; the secret is never returned',
  source: cite('P-Use D'),
  needs: { binding: 'request-mode', feature: 'webhooks' },
  guide: {
    why: ['Everybody who can read the secret can forge deliveries.'],
    tested: [notTestedYet],
    fix: [
      'Answer `POST /integration/webhook` with 201, `Location` and `id`, store the secret encrypted, and leave it out of every answer.',
    ],
  },
});
