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

export interface Projection {
  readonly attributes?: string | undefined;
  readonly excludedAttributes?: string | undefined;
}

const names = (list: string | undefined): Set<string> | undefined =>
  list === undefined || list === ''
    ? undefined
    : new Set(list.split(',').map((name) => name.trim().split('.')[0]?.toLowerCase() ?? ''));

/** The representation of RFC 7643 §3; `attributes` and `excludedAttributes` work on whole attributes (RFC 7644 §3.4.2.5). */
export const represent = (stored: Stored, baseUrl: string, projection: Projection = {}): Json => {
  const wanted = names(projection.attributes);
  const unwanted = names(projection.excludedAttributes);
  const shown = Object.entries(stored.attributes).filter(
    ([name]) =>
      name === 'schemas' || ((wanted?.has(name.toLowerCase()) ?? true) && unwanted?.has(name.toLowerCase()) !== true),
  );
  return {
    ...Object.fromEntries(shown),
    id: stored.id,
    meta: {
      resourceType: stored.type.name,
      created: new Date(stored.created).toISOString(),
      lastModified: new Date(stored.lastModified).toISOString(),
      location: `${baseUrl}${pathOf(stored)}`,
      version: etagOf(stored),
    },
  };
};
