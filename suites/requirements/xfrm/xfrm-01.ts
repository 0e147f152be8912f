/** XFRM-01: not judged yet. */
import { cite } from '../../contract/citation.js';
import { notTestedYet } from '../../definitions/guide.js';
import { defineRequirement } from '../../definitions/requirement.js';

export const xfrm01 = defineRequirement({
  id: 'XFRM-01',
  since: '1.0',
  level: 'MUST',
  title:
    'the rules in the bulk options (normalise, map, conditional, default, format) are applied before validation, and a rule that cannot apply fails its operation alone',
  source: cite('P-Use C'),
  needs: { binding: 'request-mode', feature: 'transform' },
  guide: {
    why: ['If only some of the rules are applied, users are created in a form that no system expects.'],
    tested: [notTestedYet],
    fix: [
      'Apply the rules of `transform` in their order before validation, to each operation separately; if a rule cannot be applied, fail only that operation with 400.',
    ],
  },
});
