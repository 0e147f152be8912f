/** HOOK-03: not judged yet. */
import { cite } from '../../contract/citation.js';
import { notTestedYet } from '../../definitions/guide.js';
import { defineRequirement } from '../../definitions/requirement.js';

export const hook03 = defineRequirement({
  id: 'HOOK-03',
  since: '1.0',
  level: 'MUST',
  title:
    'a delivery answered with 5xx or not at all is tried again with growing waits; each carries a stable delivery id',
  source: cite('P-Use D'),
  needs: { binding: 'request-mode', feature: 'webhooks' },
  guide: {
    why: ['A receiver that is down for a minute must not lose events, and must not count an event twice.'],
    tested: [notTestedYet],
    fix: [
      'After a 5xx or no answer, deliver again with growing waits, and keep the id of the delivery the same each time.',
    ],
  },
});
