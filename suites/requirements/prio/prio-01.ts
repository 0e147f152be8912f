/** PRIO-01: not judged yet. */
import { cite } from '../../contract/citation.js';
import { notTestedYet } from '../../definitions/guide.js';
import { defineRequirement } from '../../definitions/requirement.js';

export const prio01 = defineRequirement({
  id: 'PRIO-01',
  since: '1.0',
  level: 'SHOULD',
  title: 'with the queue full, `priority: high` requests complete before `low` ones submitted earlier',
  source: cite('P-D'),
  needs: { binding: 'request-mode', feature: 'priority' },
  guide: {
    why: ['A request that locks one account must not wait behind an import of ten thousand users.'],
    tested: [notTestedYet],
    fix: [
      'Read `priority` (`low`, `normal`, `high`) from the bulk options, and let workers take the next operation by priority and then by age; raise the priority of low ones with their age, so that they are done in the end.',
    ],
  },
});
