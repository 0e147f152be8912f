/** What a 401 to a credential means that the target has accepted before in this run. */
import type { CredentialName } from '../../redaction/vault.js';
import { scimHeaders } from '../../provider/discover.js';
import { credentialHeaders, showsCertificate, type TargetDescription } from '../../provider/target.js';
import type { RunContext } from '../run-context.js';

/**
 * `here`: it is refused to this request alone, and the judges have to say what that means. `renewed`: the token had
 * ended, and another one will be fetched for the next request. `lost`: it is accepted nowhere any more.
 */
export type Refusal = 'here' | 'renewed' | 'lost';

/** Asks where the credential was accepted at first (RFC 6750 §3.1: 401 is what a token that has ended is answered). */
export const whyRefused = async (
  { transport, facts, tally, tokens, signal }: RunContext,
  credential: CredentialName,
  target: TargetDescription,
): Promise<Refusal> => {
  tally.begun += 1;
  const answer = await transport.send(
    {
      method: 'GET',
      url: `${facts.baseUrl}/Users?count=1`,
      headers: [...scimHeaders.withoutBody, ...credentialHeaders(target, credential)],
      withoutCertificate: !showsCertificate(target, credential),
    },
    signal,
  );
  if (answer.type === 'failure' || answer.status !== 401) return 'here';
  const token = credential === 'second' ? target.secondToken : target.token;
  if (tokens === undefined || token === undefined) return 'lost';
  tokens.drop(token);
  return 'renewed';
};
