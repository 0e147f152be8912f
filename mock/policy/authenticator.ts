/**
 * Finds the client of a bearer token that is given in the options (RFC 6750). The comparison takes constant time, so that
 * tokens cannot be guessed byte by byte.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MockClient } from '../options.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Returns a function from a token to its client; undefined if there is none. */
export const createAuthenticator = (clients: readonly MockClient[]): ((token: string) => MockClient | undefined) => {
  const known = clients.map((client) => ({ client, digest: digest(client.token) }));
  return (token) => {
    const given = digest(token);
    let found: MockClient | undefined;
    for (const candidate of known) if (timingSafeEqual(candidate.digest, given)) found = candidate.client;
    return found;
  };
};
