/**
 * Finds the client of a bearer token (RFC 6750). The comparison takes constant time, so that tokens cannot be guessed
 * byte by byte.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { header } from '../../schemas/names.js';
import type { MockClient } from '../options.js';
import { Problem } from '../problem.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const refusal = (error: string, detail: string): Problem =>
  new Problem(401, detail, undefined, { [header.wwwAuthenticate]: `Bearer realm="scim"${error}` });

/** Returns a function from the Authorization field to the client. It throws a Problem of 401 (SEC-01, SEC-02). */
export const createAuthenticator = (
  clients: readonly MockClient[],
): ((authorization: string | undefined) => MockClient) => {
  const known = clients.map((client) => ({ client, digest: digest(client.token) }));
  return (authorization) => {
    if (authorization === undefined) throw refusal('', 'A bearer token is required.');
    const token = /^Bearer +([^\s]+)$/i.exec(authorization)?.[1] ?? '';
    const given = digest(token);
    let found: MockClient | undefined;
    for (const candidate of known) if (timingSafeEqual(candidate.digest, given)) found = candidate.client;
    if (found === undefined) throw refusal(', error="invalid_token"', 'The bearer token is not valid.');
    return found;
  };
};
