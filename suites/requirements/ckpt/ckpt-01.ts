/** CKPT-01: not judged yet. */
import { cite } from '../../contract/citation.js';
import { notTestedYet } from '../../definitions/guide.js';
import { defineRequirement } from '../../definitions/requirement.js';

export const ckpt01 = defineRequirement({
  id: 'CKPT-01',
  since: '1.0',
  level: 'MUST',
  title: 'a request interrupted by a restart of the provider resumes: completes, nothing lost, nothing twice',
  source: cite('P-Use B'),
  needs: { binding: 'request-mode', feature: 'checkpoint' },
  guide: {
    why: ['Where a restart loses or repeats accepted work, a client has to compare all accounts to find out.'],
    tested: [notTestedYet],
    fix: [
      'Store requests and the result of each operation before the 202 and after each operation; at a start, take up what has no result, and recognise effects that were made already.',
    ],
  },
});
