/** A write request that is to be accepted. */
import type { BulkOptions } from '../../schemas/types.js';
import type { AttributeBounds, Operation } from '../operation.js';
import type { Problem } from '../problem.js';

export interface Submission {
  readonly client: string;
  readonly requestId: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** Size of the body as it was sent. */
  readonly bytes: number;
  readonly operations: readonly Operation[];
  readonly isBulk: boolean;
  /** Value of the mode field as it was sent; empty if absent. */
  readonly mode: string;
  readonly failOnErrors: number | undefined;
  readonly options: BulkOptions;
  /** What its client must not do to attributes. Default: it may do everything. */
  readonly bounds?: AttributeBounds | undefined;
  /** Why the client may not have one of the operations done, which then fails alone. Default: it may. */
  readonly whyRefused?: (operation: Operation) => Problem | undefined;
  /** The span of the request; undefined if it is not traced. */
  readonly traceparent: string | undefined;
}
