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
    why: ['Nobody can follow the work of a message that is accepted without a check or has no status.'],
    tested: [notTestedYet],
    fix: [
      'Validate the message (`operation`, `source`, `target`, `batchSize`, `priority`) against its schema, and turn it into an asynchronous request with a status resource.',
    ],
  },
});
