/** Many operations on one user in one bulk request: the last one has to take effect last. */
import fc from 'fast-check';
import { wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { createUser } from '../building-blocks/create-user.js';
import { readBack } from '../building-blocks/look-again.js';
import { defineScenario } from '../../definitions/scenario.js';
import { bulkPlan, type BulkOperation } from '../building-blocks/bulk-plan.js';

export const bulkOrder = defineScenario({
  name: 'bulk-order',
  title: 'submits a bulk request of many operations on one user',
  needs: { binding: 'any', capability: 'bulk' },
  inputs: ({ capabilities, bulkRoom }) => {
    const most = Math.min(24, bulkRoom ?? 24);
    return fc.array(fc.constantFrom<'PUT' | 'PATCH'>('PUT', ...(capabilities.patch ? (['PATCH'] as const) : [])), {
      minLength: Math.min(2, most),
      maxLength: most,
      size: 'max',
    });
  },
  exercise: async (methods, session) => {
    await writeInOrder(session, methods);
    // A DELETE at the end must not run before the PUT.
    await writeInOrder(session, ['PUT', 'DELETE']);
  },
});

/** Sends one bulk request of these operations, in this order, on a new user. */
const writeInOrder = async (session: Session, methods: readonly ('PUT' | 'PATCH' | 'DELETE')[]): Promise<void> => {
  const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
  const operations = methods.map((method): BulkOperation => {
    const operation = { method, path, expected: 'success' } as const;
    switch (method) {
      case 'PUT':
        return { ...operation, data: wordedUser(userName, session.word()) };
      case 'PATCH':
        return { ...operation, data: wordPatch(session.word()) };
      case 'DELETE':
        return operation;
    }
  });
  const submitted = await session.submit(bulkPlan(operations));
  if (!submitted.submission.accepted) return;
  await session.settle(submitted);
  await readBack(session, path);
};
