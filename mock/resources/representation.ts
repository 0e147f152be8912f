/** Makes representations of stored resources. */
import type { Json } from '../json.js';
import { etagOf, type Stored } from '../stored.js';
import { resourceTypes } from './resource-type.js';

export const pathOf = (stored: Stored): string => `${resourceTypes[stored.type].endpoint}/${stored.id}`;

/** The meta of a representation (RFC 7643 §3.1). */
export const metaOf = (stored: Stored, baseUrl: string): Json => ({
  resourceType: stored.type,
  created: new Date(stored.created).toISOString(),
  lastModified: new Date(stored.lastModified).toISOString(),
  location: `${baseUrl}${pathOf(stored)}`,
  version: etagOf(stored),
});

/** The full representation (RFC 7643 §3). */
export const represent = (stored: Stored, baseUrl: string): Json => ({
  ...stored.attributes,
  id: stored.id,
  meta: metaOf(stored, baseUrl),
});
