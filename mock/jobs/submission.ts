/** What is asked of the queue. */
import type { Operation } from '../operation.js';

export interface Submission {
  readonly client: string;
  readonly requestId: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly operations: readonly Operation[];
  readonly isBulk: boolean;
  /** Value of the mode field, as it was sent. */
  readonly mode: string;
  readonly failOnErrors: number | undefined;
}
