/** The same few wrong bodies for every write: what fuzzing may miss in a short run, this does not. */
import { urn } from '../../../schemas/names.js';
import { createUser } from '../create-user.js';
import { defineScenario } from '../scenario.js';

const bodies: readonly string[] = [
  'null',
  '[]',
  '{}',
  '"text"',
  JSON.stringify({ schemas: 7, Operations: 'all', userName: {} }),
  JSON.stringify({ schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'name[', value: 1 }] }),
  JSON.stringify({ schemas: [urn.patchOp], Operations: [null, { op: 'nonsense' }] }),
  JSON.stringify({ schemas: [urn.bulkRequest], Operations: [{ method: 'PATCH', path: null, bulkId: 7, data: [] }] }),
];

export const wrongBodies = defineScenario({
  name: 'wrong-bodies',
  title: 'sends wrong bodies with every kind of write',
  inputs: ({ capabilities }) =>
    ['POST', 'PUT', ...(capabilities.patch ? ['PATCH'] : []), ...(capabilities.bulk ? ['Bulk'] : [])] as const,
  exercise: async (kind, session) => {
    const { url } = await createUser(session);
    const target =
      kind === 'Bulk' ? { method: 'POST', url: '/Bulk' } : { method: kind, url: kind === 'POST' ? '/Users' : url };
    for (const body of bodies) await session.attempt({ ...target, purpose: 'fuzz', body });
    await session.attempt({ method: 'GET', url: '/ServiceProviderConfig', purpose: 'probe', variant: 'afterwards' });
  },
});
