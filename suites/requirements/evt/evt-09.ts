/** EVT-09. Whether a signature verifies is found out when its token comes, with the keys of that time. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable } from '../../judging/judge.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { isBare, noToken, shownBy } from './each-token.js';

export const evt09 = defineRequirement({
  id: 'EVT-09',
  since: '1.0',
  level: 'MUST',
  title: 'a signed SET verifies with the published keys',
  source: cite('RFC 7515'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'By the signature a receiver knows that a token is the provider’s and was not changed.',
      'Where it does not verify, a careful receiver throws every result away, and a careless one can be deceived.',
    ],
    tested: [
      'Every token with a signature by a public key is verified with the JWK Set that was given (`--jwks`) or that the provider’s `/.well-known/ssf-configuration` names as `jwks_uri`.',
      'The keys are read at the beginning of the run, and again (three times at most) where a token names one that was not there.',
      'A token of an algorithm that this tool does not know is not judged.',
      'Tokens that are unsigned or signed by HMAC are not judged; where there are none but such, or no keys, it is skipped and says why.',
    ],
    fix: [
      'Publish the key that is in use, with its `kid`, and put the same `kid` into the header of the token; after a change of keys, publish the new one first, and keep the old one for a while.',
      'Sign last: nothing may change the claims or write the JSON anew after it was signed.',
      'Check that `alg` fits the key, and that signatures by ECDSA have the raw form of JWS, not DER.',
    ],
  },
  codes: { 'signature-invalid': 'a signature does not verify with the published keys' },
  from: answered,
  judge: (trace) => {
    const tokens = trace.tokens();
    const judged = tokens.filter(({ signature }) => signature === 'verified' || signature === 'invalid');
    const why = tokens.find(({ note }) => note !== undefined)?.note;
    if (judged.length === 0 && tokens.length > 0) return notApplicable(trace.target.noSigningKeys ?? why ?? noToken);
    if (isBare(trace)) return notApplicable(noToken);
    return judgeEach(judged, (token) =>
      token.signature === 'verified'
        ? undefined
        : {
            code: 'signature-invalid',
            expected: `a signature that verifies with ${trace.target.signingKeys ?? 'the keys'}`,
            actual: `it does not: ${token.note ?? ''}`,
            exchanges: shownBy(trace, token),
          },
    );
  },
});
