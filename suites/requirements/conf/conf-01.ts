/** CONF-01: not judged yet. */
import { cite } from '../../contract/citation.js';
import { notTestedYet } from '../../definitions/guide.js';
import { defineRequirement } from '../../definitions/requirement.js';

export const conf01 = defineRequirement({
  id: 'CONF-01',
  since: '1.0',
  level: 'MUST',
  title: '`onConflict`: `fail`, `skip` or `overwrite` decides what a duplicate does on reimport',
  source: cite('P-Use B'),
  needs: { binding: 'request-mode', feature: 'conflict' },
  guide: {
    why: ['A repeated import must neither fail as a whole nor silently overwrite changes that were made by hand.'],
    tested: [notTestedYet],
    fix: [
      'On a duplicate do what `onConflict` says: `fail` answers 409, `skip` answers success with the location of the existing resource, `overwrite` replaces that resource.',
    ],
  },
});
