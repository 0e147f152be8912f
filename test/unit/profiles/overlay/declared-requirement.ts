/** A requirement as a profile file declares it, for tests of its judge. */
import type { DeclaredRequirement } from '../../../../schemas/types.js';
import { findRequirement, readProfile, type Requirement } from '../../../../suites/index.js';
import type { codesOf } from '../../../../suites/profiles/overlay/declared-judge.js';

type Kind = keyof typeof codesOf;

/** `THING-01` with this rule. Its type has the codes of the kind. */
export const declaredRequirement = <K extends Kind>(
  on: DeclaredRequirement['on'],
  rule: DeclaredRequirement['rule'] & { readonly kind: K },
): Requirement<keyof (typeof codesOf)[K] & string> => {
  const declared: DeclaredRequirement = {
    id: 'THING-01',
    level: 'MUST',
    title: 'a thing is as the draft says',
    source: [{ label: 'draft-example-scim-things-02 §3' }],
    guide: { why: 'Why.', tested: 'How.', fix: 'What.' },
    on,
    rule,
  };
  const profile = readProfile(JSON.stringify({ name: 'draft', base: '1.1', requirements: [declared] }));
  const requirement = findRequirement('THING-01', profile);
  if (requirement === undefined) throw new Error('the profile lacks what its file declares');
  return requirement;
};
