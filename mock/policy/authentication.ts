/** Authenticates requests by the token of a client, by an access token of OAuth, or by a status token (SEC-01, SEC-02). */
import type { MockClient } from '../options.js';
import { Problem } from '../problem.js';
import { createAuthenticator } from './authenticator.js';
import { bearerIn, invalidToken, noToken } from './bearer.js';
import type { PolicySeams } from './policy-seams.js';
import type { Principal } from './principal.js';
import type { StatusTokens } from './status-tokens.js';

export interface AuthenticationOptions {
  readonly clients: readonly MockClient[];
  /** Verifies an access token. Rejects with a Problem of 401 or 503. Undefined if there is no `oauth`. */
  readonly verify: ((token: string) => Promise<Principal>) | undefined;
  /** Undefined if the feature is off. */
  readonly statusTokens: StatusTokens | undefined;
  readonly tokenAllows: PolicySeams['tokenAllows'];
}

/** The parts of a request that decide. `path` is under the base URL, without query. */
export interface Presented {
  readonly authorization: string | undefined;
  readonly method: string;
  readonly path: string;
}

/** Rejects with a Problem of 401, of 403 if a status token is used for another request, or of 503. */
export type Authenticate = (request: Presented) => Promise<Principal>;

const noMethods: ReadonlySet<string> = new Set();

const principalOf = ({ name, scopes, amr = [] }: MockClient): Principal => ({
  client: name,
  scopes: scopes === undefined ? undefined : new Set(scopes),
  amr: new Set(amr),
});

export const createAuthentication = ({
  clients,
  verify,
  statusTokens,
  tokenAllows,
}: AuthenticationOptions): Authenticate => {
  const authenticate = createAuthenticator(clients);
  const principals = new Map(clients.map((client) => [client, principalOf(client)]));
  return async ({ authorization, method, path }) => {
    const grant = await statusTokens?.grantOf(authorization);
    if (grant !== undefined) {
      if (!tokenAllows(grant.job, { method, path }))
        throw new Problem(403, 'A status token reads its own status resource and nothing else.');
      // The token is the right itself: the policy has decided when it was issued.
      return { client: grant.client, scopes: undefined, amr: noMethods };
    }
    if (authorization === undefined) throw noToken();
    const token = bearerIn(authorization) ?? '';
    const client = authenticate(token);
    const principal = client && principals.get(client);
    if (principal !== undefined) return principal;
    if (verify !== undefined && token !== '') return verify(token);
    throw invalidToken('The bearer token is not valid.');
  };
};
