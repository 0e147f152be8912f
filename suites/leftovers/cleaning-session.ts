/** What cleaning up takes of a session. */
import type { Exchange, TargetFacts } from '../../schemas/types.js';

export interface CleaningSession {
  readonly facts: TargetFacts;
  /** One exchange with the first credential; obeys throttling. Throws Blocked. */
  attempt(plan: {
    readonly method: string;
    /** Absolute, or a path under the base URL. */
    readonly url: string;
    readonly purpose: 'cleanup';
    readonly body?: unknown;
  }): Promise<Exchange>;
}
