/** Reads security event tokens in the tests of the mock: fetches, polls, verifies. */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { Mock } from '../../../mock/index.js';
import { validate } from '../../../schemas/validators.js';
import type { Reply, Send, Sent } from './client.js';

export const respondAsync = { Prefer: 'respond-async' };

export interface Claims {
  readonly jti: string;
  readonly txn: string;
  readonly aud: string[];
  readonly sub_id: { readonly uri: string; readonly externalId?: string };
  readonly events: Record<string, Record<string, unknown>>;
}

export const completion = 'urn:ietf:params:scim:event:misc:asyncresp';

/** The claims of a token that verifies with the published keys and is valid. */
export const verifierOf = (mock: Mock, algorithm = 'ES256'): ((token: string) => Promise<Claims>) => {
  const keys = createRemoteJWKSet(new URL(`${mock.url}/jwks.json`));
  return async (token) => {
    const { payload } = await jwtVerify(token, keys, {
      typ: 'secevent+jwt',
      algorithms: [algorithm],
      issuer: new URL(mock.url).origin,
    });
    const validation = validate('async/security-event-token', payload);
    if (!validation.valid) throw new Error(JSON.stringify(validation.violations));
    return payload as unknown as Claims;
  };
};

/** Reads a result until it is available. */
export const untilResult = async (send: Send, location: string): Promise<Reply> => {
  for (;;) {
    const reply = await send('GET', location);
    if (reply.status !== 202) return reply;
  }
};

export const poll = (send: Send, body: unknown = {}, as: Sent['as'] = 'primary'): Promise<Reply> =>
  send('POST', '/events/poll', { body, as });

export const setsOf = ({ body }: Reply): Record<string, string> => body.sets as Record<string, string>;

/** Submits with the preference and returns the claims of the completion event. */
export const completeBySet = async (
  mock: Mock,
  send: Send,
  method: string,
  path: string,
  body?: unknown,
): Promise<Claims> => {
  const accepted = await send(method, path, { headers: respondAsync, ...(body === undefined ? {} : { body }) });
  if (accepted.status !== 202) throw new Error(`${method} ${path} was answered ${accepted.status}`);
  const { text } = await untilResult(send, accepted.headers.get('location') ?? '');
  return verifierOf(mock)(text);
};
