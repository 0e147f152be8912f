/** Authenticates requests by the token of a client or by a status token. */
import type { MockClient } from '../options.js';
import { Problem } from '../problem.js';
import { createAuthenticator } from './authenticator.js';
import type { PolicySeams } from './policy-seams.js';
import type { StatusTokens } from './status-tokens.js';

export interface AuthenticationOptions {
  readonly clients: readonly MockClient[];
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

/**
 * Returns the name of the client. Rejects with a Problem of 401, or of 403 if a status token is used for another
 * request.
 */
export type Authenticate = (request: Presented) => Promise<string>;

export const createAuthentication = ({ clients, statusTokens, tokenAllows }: AuthenticationOptions): Authenticate => {
  const authenticate = createAuthenticator(clients);
  return async ({ authorization, method, path }) => {
    const grant = await statusTokens?.grantOf(authorization);
    if (grant === undefined) return authenticate(authorization).name;
    if (tokenAllows(grant.job, { method, path })) return grant.client;
    throw new Problem(403, 'A status token reads its own status resource and nothing else.');
  };
};
