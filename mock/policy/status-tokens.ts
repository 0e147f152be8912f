/** Bearer tokens that read one status resource for a while and do nothing else (feature `statusToken`, profile TOK). */
import { createHash } from 'node:crypto';
import { header } from '../../schemas/names.js';
import type { StatusToken } from '../../schemas/types.js';
import { Problem } from '../problem.js';
import type { MockClient } from '../options.js';

/** What a token lets its bearer read. */
export interface Grant {
  /** Whose status resource it is. */
  readonly client: MockClient;
  readonly jobId: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export interface StatusTokenOptions {
  /** An unguessable string. */
  readonly newToken: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly lifeSeconds: number;
}

const digest = (token: string): string => createHash('sha256').update(token).digest('base64url');

const prefix = 'status-';

/** A grant that has ended is told so for this long (TOK-03), and is a token like any unknown one afterwards. */
const rememberedMs = 600_000;

export class StatusTokens {
  private readonly grants = new Map<string, Grant>();

  constructor(private readonly options: StatusTokenOptions) {}

  issue(client: MockClient, jobId: string): StatusToken {
    const { newToken, now, lifeSeconds } = this.options;
    this.forgetOld();
    const value = `${prefix}${newToken()}`;
    const expires = now() + lifeSeconds * 1000;
    this.grants.set(digest(value), { client, jobId, expires });
    return { value, expiresAt: new Date(expires).toISOString() };
  }

  /** The grant of an Authorization field; undefined where it holds no status token. Throws a Problem of 401 where it has expired. */
  grantOf(authorization: string | undefined): Grant | undefined {
    const token = /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1];
    const grant = token?.startsWith(prefix) === true ? this.grants.get(digest(token)) : undefined;
    if (grant !== undefined && grant.expires <= this.options.now()) {
      throw new Problem(401, 'The status token has expired.', undefined, {
        [header.wwwAuthenticate]: 'Bearer realm="scim", error="invalid_token"',
      });
    }
    return grant;
  }

  private forgetOld(): void {
    for (const [key, { expires }] of this.grants) {
      if (expires + rememberedMs > this.options.now()) break;
      this.grants.delete(key);
    }
  }
}
