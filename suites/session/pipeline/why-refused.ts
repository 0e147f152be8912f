/** Finds out what a 401 means for a credential that the target accepted before in this run. */
import type { CredentialName } from '../../redaction/vault.js';
import { scimHeaders } from '../../provider/discover.js';
import { credentialHeaders, showsCertificate, type TargetDescription } from '../../provider/target.js';
import type { RunContext } from '../run-context.js';

/**
 * `here`: only this request was refused, and the judges decide what that means. `renewed`: the token had expired, and a
 * new one will be fetched for the next request. `lost`: the credential is not accepted anywhere any more.
 */
export type Refusal = 'here' | 'renewed' | 'lost';

/** Sends the request with which the credential was accepted at first (RFC 6750 §3.1: an expired token is answered 401). */
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
