/** ROLL-01: not judged yet. */
import { cite } from '../../contract/citation.js';
import { notTestedYet } from '../../definitions/guide.js';
import { defineRequirement } from '../../definitions/requirement.js';

export const roll01 = defineRequirement({
  id: 'ROLL-01',
  since: '1.0',
  level: 'MUST',
  title:
    'a bulk with `rollbackOnError: true` in its options, one of whose operations fails, leaves every resource as it was, and no operation counts as success',
  source: cite('P-Use A, C'),
  needs: { binding: 'request-mode', feature: 'rollback' },
  guide: {
    why: ['A client that asks for a rollback wants either the whole bulk request or nothing, and never half of it.'],
    tested: [notTestedYet],
    fix: [
      'Read `rollbackOnError` from the bulk options, run all operations in one transaction, and report every operation as failed when one of them fails: those that were undone or not run with `"status": "424"`.',
    ],
  },
});
