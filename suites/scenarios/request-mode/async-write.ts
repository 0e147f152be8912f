/** Replaces, patches and deletes a user asynchronously, and reads it back after each. */
import fc from 'fast-check';
import { buildUser, userAttributes } from '../../generators/user.js';
import type { SubmitPlan } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { createUser } from '../building-blocks/create-user.js';
import { keptPatch } from '../building-blocks/kept-patch.js';
import { defineScenario } from '../../definitions/scenario.js';

export const asyncWrite = defineScenario({
  name: 'async-write',
  title: 'replaces, patches and deletes a user asynchronously',
  needs: { binding: 'request-mode' },
  inputs: () => fc.record({ replaced: userAttributes, patched: userAttributes }),
  exercise: async ({ replaced, patched }, session) => {
    const { userName, url, path } = await createUser(session);
    const write = async (method: SubmitPlan['method'], body?: unknown): Promise<Answered> => {
      const submitted = await session.submit({
        method,
        url: path,
        subject: userName,
        variant: method,
        ...(body === undefined ? {} : { body }),
        operations: [{ method, path, expected: 'success' }],
      });
      if (submitted.submission.accepted) await session.settle(submitted);
      return session.send({ method: 'GET', url, purpose: 'read', variant: `after ${method}`, subject: userName });
    };
    const current = responseObject(await write('PUT', buildUser(userName, replaced))) ?? {};
    const kept = keptPatch(current, replaced, patched);
    if (session.facts.capabilities.patch && kept !== undefined) await write('PATCH', kept.body);
    await write('DELETE');
  },
});
