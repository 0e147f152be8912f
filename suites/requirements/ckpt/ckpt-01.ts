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
    why: ['If a restart loses or repeats accepted work, a client has to compare all accounts to find out.'],
    tested: [notTestedYet],
    fix: [
      'Store the request before the 202, and the result of each operation after that operation; at a start, continue with the operations that have no result, and recognise effects that already exist.',
    ],
  },
});
