/** AUD-01: not judged yet. */
import { cite } from '../../contract/citation.js';
import { notTestedYet } from '../../definitions/guide.js';
import { defineRequirement } from '../../definitions/requirement.js';

export const aud01 = defineRequirement({
  id: 'AUD-01',
  since: '1.0',
  level: 'SHOULD',
  title:
    'every status read and every state change is in the audit trail, with client, time and outcome, and no secrets',
  source: cite('P-D, P-Sec C'),
  needs: { binding: 'request-mode', feature: 'audit' },
  guide: {
    why: ['Months later, somebody has to find out who asked for what, and when.'],
    tested: [notTestedYet],
    fix: [
      'Write an entry with client, time and outcome for each status read and each change of state, without tokens and passwords.',
    ],
  },
});
