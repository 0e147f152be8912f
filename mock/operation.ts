/** One write, as a request or a bulk request asks for it, and what came of it (RFC 7644 §3.7). */
import type { Json } from './json.js';
import type { Stored } from './stored.js';

export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Operation {
  readonly method: WriteMethod;
  /** Under the base URL; may hold `bulkId:x` in place of an id. */
  readonly path: string;
  readonly bulkId?: string;
  /** May hold `bulkId:x` in place of any string. */
  readonly data?: unknown;
  /** The version that the client expects (If-Match). */
  readonly version?: string;
}

/** What a successful operation did; `stored` is absent after DELETE. */
export interface Applied {
  readonly status: 200 | 201 | 204;
  readonly stored?: Stored;
}

/** A write as it happened. */
export interface Written extends Applied {
  /** As it was done: every `bulkId:x` replaced. */
  readonly operation: Operation;
  /** The resource before the write; undefined for a create. */
  readonly before: Stored | undefined;
}

/** RFC 7644 §3.7.3. */
export interface OperationResult {
  readonly method: WriteMethod;
  readonly bulkId?: string;
  readonly status: string;
  readonly location?: string;
  readonly version?: string;
  readonly response?: Json;
}

export const failed = ({ status }: OperationResult): boolean => Number(status) >= 400;

/** What came of one operation of a request. */
export interface Outcome {
  readonly result: OperationResult;
  /** Undefined where nothing was written. */
  readonly written: Written | undefined;
}
