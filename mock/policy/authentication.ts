/** Decides who a request comes from: a client by its token, or whoever holds a status token. */
import type { MockClient } from '../options.js';
import { Problem } from '../problem.js';
import { createAuthenticator } from './authenticator.js';
import type { PolicySeams } from './policy-seams.js';
import type { StatusTokens } from './status-tokens.js';

export interface AuthenticationOptions {
  readonly clients: readonly MockClient[];
  /** Undefined where the feature is off. */
  readonly statusTokens: StatusTokens | undefined;
  readonly tokenAllows: PolicySeams['tokenAllows'];
}

/** `path` is under the base URL, without query. */
export interface Presented {
  readonly authorization: string | undefined;
  readonly method: string;
  readonly path: string;
}

/** Name of the client that a request is let in as. Rejects with a Problem of 401, or 403 where its token is for another. */
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
