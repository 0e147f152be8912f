/** Renames of each kind, for tests. */
import type { Renames } from '../../../../schemas/wire/renames.js';

export const renamed = {
  fields: { 'X-SCIM-Request-Mode': 'SCIM-Mode', 'Set-Txn': 'SCIM-Transaction' },
  members: { operationsCount: 'counts', bulkId: 'reference' },
  urns: {
    'urn:ietf:params:scim:schemas:extension:2.0:Provision:Status': 'urn:example:scim:Job',
    'urn:ietf:params:scim:event:misc:asyncresp': 'urn:example:scim:event:done',
  },
  mediaTypes: { 'application/scim+json': 'application/vnd.example.scim+json' },
  paths: { '/provision/{id}/status': '/jobs/{id}' },
} as const satisfies Renames;
