/** The part of a session that the cleanup uses. */
import type { Exchange, TargetFacts } from '../../schemas/types.js';
import type { Client } from './creators.js';

export interface CleaningSession {
  readonly facts: TargetFacts;
  /** Makes one exchange, with the first credential if none is named; waits if the target throttles. Throws Blocked. */
  attempt(plan: {
    readonly method: string;
    /** Absolute, or a path under the base URL. */
    readonly url: string;
    readonly purpose: 'cleanup';
    readonly body?: unknown;
    readonly credential?: Client;
  }): Promise<Exchange>;
}
