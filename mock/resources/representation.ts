/** Turns what is kept of a resource into a representation. */
import type { ResourceType } from './resource-type.js';

export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Stored {
  readonly id: string;
  readonly type: ResourceType;
  /** Without id, meta and password. */
  readonly attributes: Json;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly lastModified: number;
  /** Counts the writes, from 1. */
  readonly version: number;
}

export const etagOf = (stored: Stored): string => `W/"${stored.version}"`;

export const pathOf = (stored: Stored): string => `${stored.type.endpoint}/${stored.id}`;

/** The meta of a representation (RFC 7643 §3.1). */
export const metaOf = (stored: Stored, baseUrl: string): Json => ({
  resourceType: stored.type.name,
  created: new Date(stored.created).toISOString(),
  lastModified: new Date(stored.lastModified).toISOString(),
  location: `${baseUrl}${pathOf(stored)}`,
  version: etagOf(stored),
});

/** The whole representation of RFC 7643 §3. */
export const represent = (stored: Stored, baseUrl: string): Json => ({
  ...stored.attributes,
  id: stored.id,
  meta: metaOf(stored, baseUrl),
});
