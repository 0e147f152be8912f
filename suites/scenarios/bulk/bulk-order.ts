/** Many operations on one user in one bulk request: the last is to stand. */
import fc from 'fast-check';
import { wordedUser, wordPatch } from '../../generators/worded.js';
import { createUser } from '../create-user.js';
import { readBack } from '../lifecycle/look-again.js';
import { defineScenario } from '../scenario.js';
import { bulkPlan, type BulkOperation } from './bulk-plan.js';

export const bulkOrder = defineScenario({
  name: 'bulk-order',
  title: 'submits a bulk request of many operations on one user',
  needs: { binding: 'any', capability: 'bulk' },
  inputs: ({ capabilities, bulkMaxOperations }) => {
    const most = Math.min(24, bulkMaxOperations ?? 24);
    return fc.record({
      methods: fc.array(fc.constantFrom<'PUT' | 'PATCH'>('PUT', ...(capabilities.patch ? (['PATCH'] as const) : [])), {
        minLength: Math.min(2, most),
        maxLength: most - 1,
        size: 'max',
      }),
      deleted: fc.boolean(),
    });
  },
  exercise: async ({ methods, deleted }, session) => {
    const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
    const operations = methods.map((method): BulkOperation => ({
      method,
      path,
      expected: 'success',
      data: method === 'PUT' ? wordedUser(userName, session.word()) : wordPatch(session.word()),
    }));
    if (deleted) operations.push({ method: 'DELETE', path, expected: 'success' });
    const submitted = await session.submit(bulkPlan(operations));
    if (!submitted.submission.accepted) return;
    await session.settle(submitted);
    await readBack(session, path);
  },
});
