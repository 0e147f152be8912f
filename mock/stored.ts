/** A resource as it is stored, and the entity tag of its version. */
import type { Json } from './json.js';

export type TypeName = 'User' | 'Group';

export interface Stored {
  readonly id: string;
  readonly type: TypeName;
  /** Without id, meta and password. */
  readonly attributes: Json;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly lastModified: number;
  /** Number of writes so far, the creation included. */
  readonly version: number;
}

export const etagOf = (stored: Stored): string => `W/"${stored.version}"`;

/** Whether an If-Match or If-None-Match field names this tag, compared weakly (RFC 9110 §8.8.3.2, RFC 7644 §3.14). */
export const matchesEtag = (field: string, etag: string): boolean => {
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return field.trim() === '*' || field.split(',').some((tag) => opaque(tag) === opaque(etag));
};
