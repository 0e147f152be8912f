/** No new name is one that the profile uses for something else. */
import t from 'tap';
import { mistakesInRenames } from '../../../schemas/wire/mistakes.js';
import type { Renames } from '../../../schemas/wire/renames.js';
import { namesInUse } from '../../../suites/wire/names-in-use.js';
import { renamed } from '../schemas/wire/renamed.js';

void t.test('a new name that the profile uses for something else is refused', (t) => {
  t.strictSame(mistakesInRenames(renamed, namesInUse), []);
  const wrong: Renames = {
    fields: { 'Set-Txn': 'etag' },
    members: { operationsCount: 'status', bulkId: 'jti' },
    urns: { 'urn:ietf:params:scim:event:misc:asyncresp': 'urn:ietf:params:scim:schemas:core:2.0:User:done' },
    mediaTypes: { 'application/scim+json': 'application/json' },
    paths: { '/provision/{id}/status': '/Users/{id}' },
  };
  t.strictSame(
    mistakesInRenames(wrong, namesInUse).map(({ name }) => name),
    [
      'Set-Txn',
      'operationsCount',
      'bulkId',
      'urn:ietf:params:scim:event:misc:asyncresp',
      'application/scim+json',
      '/provision/{id}/status',
    ],
  );
  t.end();
});
