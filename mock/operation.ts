/** One write, as a request or a bulk operation asks for it, and its result (RFC 7644 §3.7). */
import type { Json } from './json.js';
import type { Stored } from './stored.js';

export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What of resources a client must not see or change; names of attributes as in a filter. */
export interface AttributeBounds {
  readonly hidden: readonly string[];
  readonly withheld: readonly string[];
}

export interface Operation {
  readonly method: WriteMethod;
  /** Under the base URL; may hold `bulkId:x` in place of an id. */
  readonly path: string;
  readonly bulkId?: string;
  /** May hold `bulkId:x` in place of any string. */
  readonly data?: unknown;
  /** The version that the client expects (If-Match). */
  readonly version?: string;
  /** The id that a create gives its resource, because other operations refer to it already; otherwise it is new. */
  readonly newId?: string;
  /** What a create does if its userName is taken (CONF-01); if absent, it fails. */
  readonly onConflict?: 'skip' | 'overwrite';
  /** What its client must not do to attributes. Default: it may do everything. */
  readonly bounds?: AttributeBounds;
}

/** What a successful operation did; `stored` is absent after DELETE. */
export interface Applied {
  readonly status: 200 | 201 | 204;
  readonly stored?: Stored;
  /** The resource that a create found in place of creating one, before it was overwritten. */
  readonly found?: Stored;
}

/** A write that was done. */
export interface Written extends Applied {
  /** With every `bulkId:x` replaced by an id. */
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

/** The result of one operation of a job, and what it wrote. */
export interface Outcome {
  readonly result: OperationResult;
  /** Undefined if nothing was written. */
  readonly written: Written | undefined;
}
