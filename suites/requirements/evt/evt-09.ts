/** EVT-09. A signature is verified when its token comes, with the keys that are published then. */
import type { ReceivedToken } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, notApplicable } from '../../judging/judge.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { hasOnlyBareResults, noToken, exchangesOfToken } from './each-token.js';

type Code = 'signature-invalid' | 'signature-missing';

/**
 * Unsigned tokens among those that came the same way and are signed by published keys. A provider may leave out all
 * signatures, because TLS protects what is delivered (RFC 8417 §5.1).
 */
const unsignedAmongSigned = (tokens: readonly ReceivedToken[]): readonly ReceivedToken[] =>
  tokens.filter(
    ({ signature, via }) =>
      signature === 'unsigned' && tokens.some((each) => each.via === via && each.signature === 'verified'),
  );

export const evt09 = defineRequirement({
  id: 'EVT-09',
  since: '1.0',
  level: 'MUST',
  title: 'a signed SET verifies with the published keys',
  source: cite('RFC 7515'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'The signature proves to a receiver that the provider issued the token and nobody changed it.',
      'If it does not verify, a careful receiver throws every result away, and a careless one can be deceived.',
    ],
    tested: [
      'Every token with a signature by a public key is verified with the JWK Set that was given (`--jwks`) or that the provider’s `/.well-known/ssf-configuration` names as `jwks_uri`.',
      'The keys are read at the beginning of the run, and again (three times at most) if a token names a key that is not among them.',
      'If no key has the `kid` of the token, the keys without a `kid` are tried; `EdDSA` and `Ed25519` are two names of one algorithm (RFC 9864).',
      'A token with an algorithm that this tool does not know is not judged.',
      'If some tokens verify, no token that comes the same way, by push, by poll or at the result URI, may be unsigned.',
      'Otherwise tokens that are unsigned or signed by HMAC are not judged; if there are no others, or no keys, the requirement is skipped and says why.',
    ],
    fix: [
      'Publish the key that is in use, with its `kid`, and put the same `kid` into the header of the token; when you change keys, publish the new one first, and keep the old one for a while.',
      'Sign every token: a receiver that verifies signatures throws an unsigned one away, and its result is lost.',
      'Sign last: after that, nothing may change the claims or serialise the JSON again.',
      'Check that `alg` fits the key, and that ECDSA signatures have the raw form of JWS, not DER.',
    ],
  },
  codes: {
    'signature-invalid': 'a signature does not verify with the published keys',
    'signature-missing': 'a token is not signed (alg none), although others that came the same way are',
  },
  from: answered,
  judge: (trace) => {
    const tokens = trace.tokens();
    const judged = tokens.filter(({ signature }) => signature === 'verified' || signature === 'invalid');
    const whyNotVerified = tokens.find(({ note }) => note !== undefined)?.note;
    if (judged.length === 0 && tokens.length > 0)
      return notApplicable(trace.target.noSigningKeys ?? whyNotVerified ?? noToken);
    if (hasOnlyBareResults(trace)) return notApplicable(noToken);
    return judgeEach([...judged, ...unsignedAmongSigned(tokens)], (token): Finding<Code> | undefined =>
      token.signature === 'verified'
        ? undefined
        : token.signature === 'unsigned'
          ? {
              code: 'signature-missing',
              expected: 'a signature, as on other tokens of this provider',
              actual: 'it is not signed',
              exchanges: exchangesOfToken(trace, token),
            }
          : {
              code: 'signature-invalid',
              expected: `a signature that verifies with ${trace.target.signingKeys ?? 'the keys'}`,
              actual: `it does not verify: ${token.note ?? ''}`,
              exchanges: exchangesOfToken(trace, token),
            },
    );
  },
});
