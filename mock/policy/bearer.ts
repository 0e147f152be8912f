/** Bearer tokens in requests, and the challenges that refuse them (RFC 6750 §2.1, §3). */
import { header } from '../../schemas/names.js';
import { Problem } from '../problem.js';

/** The token in an Authorization field; undefined if there is none. */
export const bearerIn = (authorization: string | undefined): string | undefined =>
  /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1];

/** The WWW-Authenticate field. Values must need no quoting. */
export const challenge = (parameters: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  [header.wwwAuthenticate]: `Bearer ${Object.entries({ realm: 'scim', ...parameters })
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`,
});

/** A request without a credential gets no error code (RFC 6750 §3.1). */
export const noToken = (): Problem => new Problem(401, 'A bearer token is required.', undefined, challenge());

export const invalidToken = (detail: string): Problem =>
  new Problem(401, detail, undefined, challenge({ error: 'invalid_token' }));
