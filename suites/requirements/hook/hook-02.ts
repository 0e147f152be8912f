/** HOOK-02: not judged yet. */
import { cite } from '../../contract/citation.js';
import { notTestedYet } from '../../definitions/guide.js';
import { defineRequirement } from '../../definitions/requirement.js';

export const hook02 = defineRequirement({
  id: 'HOOK-02',
  since: '1.0',
  level: 'MUST',
  title:
    'a matching event is delivered by POST with only the chosen attributes, and `X-SCIM-Signature: sha256=<hex HMAC of the raw body>`',
  source: cite('P-Use D'),
  needs: { binding: 'request-mode', feature: 'webhooks' },
  guide: {
    why: ['A receiver trusts a delivery by its signature, and expects no attributes that it did not ask for.'],
    tested: [notTestedYet],
    fix: [
      'Send only the chosen `attributes`, and sign the bytes that are sent: `X-SCIM-Signature: sha256=` and the HMAC in hexadecimal.',
    ],
  },
});
