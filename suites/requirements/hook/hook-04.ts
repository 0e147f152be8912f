/** HOOK-04: not judged yet. */
import { cite } from '../../contract/citation.js';
import { notTestedYet } from '../../definitions/guide.js';
import { defineRequirement } from '../../definitions/requirement.js';

export const hook04 = defineRequirement({
  id: 'HOOK-04',
  since: '1.0',
  level: 'MUST',
  title: 'DELETE of the registration stops deliveries',
  source: cite('P-Use D'),
  needs: { binding: 'request-mode', feature: 'webhooks' },
  guide: {
    why: ['Deliveries after the end go to a receiver that should not get them any more.'],
    tested: [notTestedYet],
    fix: ['Check before each delivery, also before a retry, that the registration still exists.'],
  },
});
