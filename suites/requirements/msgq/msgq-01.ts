/** MSGQ-01: not judged yet. */
import { cite } from '../../contract/citation.js';
import { notTestedYet } from '../../definitions/guide.js';
import { defineRequirement } from '../../definitions/requirement.js';

export const msgq01 = defineRequirement({
  id: 'MSGQ-01',
  since: '1.0',
  level: 'MUST',
  title:
    'a message {operation, source, target, batchSize, priority} validates against its schema and becomes an asynchronous request with a status resource',
  source: cite('P-Use D'),
  needs: { binding: 'request-mode', feature: 'messageQueue' },
  guide: {
    why: ['A message that is taken without a check, or leaves no status, is work that nobody can follow.'],
    tested: [notTestedYet],
    fix: [
      'Validate the message (`operation`, `source`, `target`, `batchSize`, `priority`) against its schema, and make an asynchronous request with a status resource of it.',
    ],
  },
});
