/** Short-lived bearer tokens that can only read one status resource (feature `statusToken`, profile TOK). */
import { createHash } from 'node:crypto';
import type { StatusToken } from '../../schemas/types.js';
import type { Clock } from '../clock.js';
import type { Grant, Keys } from '../ports.js';
import { bearerIn, invalidToken } from './bearer.js';

export interface StatusTokenOptions {
  readonly keys: Keys;
  readonly clock: Clock;
  /** An unguessable string. */
  readonly newToken: () => string;
  readonly lifeSeconds: number;
}

const digest = (token: string): string => createHash('sha256').update(token).digest('base64url');

const prefix = 'status-';

export class StatusTokens {
  constructor(private readonly options: StatusTokenOptions) {}

  async issue(client: string, job: string): Promise<StatusToken> {
    const { keys, clock, newToken, lifeSeconds } = this.options;
    const value = `${prefix}${newToken()}`;
    const expires = clock.now() + lifeSeconds * 1000;
    await keys.grant(digest(value), { client, job, expires });
    return { value, expiresAt: new Date(expires).toISOString() };
  }

  /**
   * The grant of the status token in an Authorization field; undefined if there is none. Rejects with a Problem of 401
   * if it has expired (TOK-03).
   */
  async grantOf(authorization: string | undefined): Promise<Grant | undefined> {
    const { keys, clock } = this.options;
    const token = bearerIn(authorization);
    const grant = token?.startsWith(prefix) === true ? await keys.grantOf(digest(token)) : undefined;
    if (grant !== undefined && grant.expires <= clock.now()) throw invalidToken('The status token has expired.');
    return grant;
  }
}
