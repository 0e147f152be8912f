/** Access tokens for a run: fetched before it, and again before one expires. All requests wait for the same fetch. */
import type { Clock } from '../client/clock.js';
import type { Vault } from '../redaction/vault.js';
import type { Transport } from '../client/transport.js';
import { secretsOf } from '../provider/secrets.js';
import type { OAuthClient, TargetDescription } from '../provider/target.js';
import { fetchToken } from './fetch-token.js';
import { NoAccessToken } from '../errors/errors.js';

/** A token is replaced this number of milliseconds before its end, or after half of its lifetime if that is shorter. */
const marginMs = 30_000;

/** Milliseconds after a failed fetch in which no new one is tried. */
const pauseMs = 5000;

interface Held {
  readonly token: string;
  /** From this time on, the next token is fetched. */
  readonly renewAt: number;
  readonly endsAt: number;
}

/** One client of a token endpoint. */
class Access {
  private held: Held | undefined;
  private failed: { readonly error: NoAccessToken; readonly until: number } | undefined;
  private fetching: Promise<void> | undefined;

  constructor(
    private readonly settings: OAuthClient,
    private readonly transport: Transport,
    private readonly clock: Clock,
  ) {}

  /** The token that was fetched last, even if it has expired. */
  get last(): string | undefined {
    return this.held?.token;
  }

  /** Rejects with NoAccessToken. */
  async current(signal: AbortSignal): Promise<string> {
    if (this.held === undefined || this.clock.now() >= this.held.renewAt) {
      this.fetching ??= this.renew(signal).finally(() => {
        this.fetching = undefined;
      });
      await this.fetching;
    }
    // If the fetch failed, the old token can be used until it expires.
    if (this.held !== undefined && this.clock.now() < this.held.endsAt) return this.held.token;
    throw (
      this.failed?.error ??
      new NoAccessToken('token-expired', `${this.settings.tokenUrl} gives tokens that have expired.`)
    );
  }

  /** The target does not accept this token any more, even if its lifetime has not passed. */
  drop(token: string): void {
    if (this.held?.token === token) this.held = undefined;
  }

  private async renew(signal: AbortSignal): Promise<void> {
    if (this.failed !== undefined && this.clock.now() < this.failed.until) return;
    const asked = this.clock.now();
    try {
      const { token, lifetimeMs = Infinity } = await fetchToken(this.settings, this.transport, signal);
      this.held = {
        token,
        renewAt: asked + lifetimeMs - Math.min(marginMs, lifetimeMs / 2),
        endsAt: asked + lifetimeMs,
      };
      this.failed = undefined;
    } catch (error) {
      if (!(error instanceof NoAccessToken)) throw error;
      this.failed = { error, until: this.clock.now() + pauseMs };
    }
  }
}

export interface TokenSource {
  /** The target with valid tokens. Rejects with NoAccessToken; its message holds no secret. */
  current(signal: AbortSignal): Promise<TargetDescription>;
  /** The target with the tokens that were fetched last. */
  readonly last: TargetDescription;
  /** The target does not accept this token any more: the next request fetches another one. */
  drop(token: string): void;
}

/** Undefined if the target description has no OAuth client. Every token is added to the vault before it is used. */
export const createTokenSource = (
  target: TargetDescription,
  { transport, clock, vault }: { transport: Transport; clock: Clock; vault: Vault },
): TokenSource | undefined => {
  const { primary, second } = target.oauth ?? {};
  if (primary === undefined && second === undefined) return undefined;
  const first = primary && new Access(primary, transport, clock);
  const other = second && new Access(second, transport, clock);
  let last = target;
  const withTokens = (token: string | undefined, secondToken: string | undefined): TargetDescription => {
    if (token === last.token && secondToken === last.secondToken) return last;
    last = {
      ...target,
      ...(token === undefined ? {} : { token }),
      ...(secondToken === undefined ? {} : { secondToken }),
    };
    vault.add(secretsOf(last));
    return last;
  };
  return {
    current: async (signal) => {
      try {
        const [token, secondToken] = await Promise.all([
          first?.current(signal) ?? target.token,
          other?.current(signal) ?? target.secondToken,
        ]);
        return withTokens(token, secondToken);
      } catch (error) {
        // An endpoint may repeat the secret that it was sent.
        throw error instanceof NoAccessToken ? new NoAccessToken(error.code, vault.redact(error.message)) : error;
      }
    },
    get last() {
      return last;
    },
    drop: (token) => {
      first?.drop(token);
      other?.drop(token);
    },
  };
};
