/** Reads the JSON Schemas through the package's own exports map, which works both from the sources and from dist. */
import { createRequire } from 'node:module';
import type { SchemaName } from './types.js';

const require = createRequire(import.meta.url);

/** Every schema by its name: its path below `schemas/` without `.json`. */
export const schemaNames: readonly SchemaName[] = [
  'async/accepted-headers',
  'async/audit-entry',
  'async/bulk-options',
  'async/provision-status',
  'async/queue-message',
  'async/security-event-token',
  'async/security-events',
  'async/service-provider-config',
  'async/webhook-delivery',
  'async/webhook-registration',
  'files/attestation',
  'files/baseline',
  'files/draft-map',
  'files/event',
  'files/mock',
  'files/profile',
  'files/report',
  'files/target',
  'files/trace',
  'scim/bulk-request',
  'scim/bulk-response',
  'scim/error',
  'scim/group',
  'scim/list-response',
  'scim/patch-op',
  'scim/service-provider-config',
  'scim/user',
];

/** The JSON Schema of this name, as parsed. */
export const loadSchema = (name: SchemaName): Record<string, unknown> =>
  require(`scim-conformance/schemas/${name}.json`) as Record<string, unknown>;

/** The path of the file with the schema of this name. */
export const schemaPath = (name: SchemaName): string => require.resolve(`scim-conformance/schemas/${name}.json`);

/** `$id` of the schema of this name. */
export const schemaId = (name: SchemaName): string => `https://scim-conformance.example/schemas/${name}.json`;
