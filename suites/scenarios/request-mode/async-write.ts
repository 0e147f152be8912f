/** Replaces, patches and deletes a user asynchronously, and reads it back after each. */
import fc from 'fast-check';
import { urn } from '../../../schemas/names.js';
import { buildUser, userAttributes } from '../../generators/user.js';
import type { SubmitPlan } from '../../session/session.js';
import { createUser } from '../create-user.js';
import { defineScenario } from '../scenario.js';

export const asyncWrite = defineScenario({
  name: 'async-write',
  title: 'replaces, patches and deletes a user asynchronously',
  needs: { binding: 'request-mode' },
  inputs: () => fc.record({ replaced: userAttributes, patched: userAttributes }),
  exercise: async ({ replaced, patched }, session) => {
    const { userName, url, path } = await createUser(session);
    const write = async (method: SubmitPlan['method'], body?: unknown): Promise<void> => {
      const submitted = await session.submit({
        method,
        url: path,
        subject: userName,
        variant: method,
        ...(body === undefined ? {} : { body }),
        operations: [{ method, path, expected: 'success' }],
      });
      if (submitted.submission.accepted) await session.settle(submitted);
      await session.send({ method: 'GET', url, purpose: 'read', variant: `after ${method}`, subject: userName });
    };
    await write('PUT', buildUser(userName, replaced));
    if (session.facts.capabilities.patch) {
      const operation = { op: 'replace', path: 'displayName', value: patched.displayName };
      await write('PATCH', { schemas: [urn.patchOp], Operations: [operation] });
    }
    await write('DELETE');
  },
});
