/** Replaces, patches and deletes a user asynchronously, and reads it after each write. */
import fc from 'fast-check';
import { buildUser, userAttributes } from '../../generators/user.js';
import type { SubmitPlan } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { createUser } from '../building-blocks/create-user.js';
import { keptPatch } from '../building-blocks/kept-patch.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step, stepFamily } from '../../trace/step.js';

export const asyncWriteSteps = {
  /** The asynchronous write with this method. */
  write: (method: SubmitPlan['method']) => step(method),
  /** A read of the user after the write with this method. */
  after: stepFamily('after '),
};

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
        variant: asyncWriteSteps.write(method),
        ...(body === undefined ? {} : { body }),
        operations: [{ method, path, expected: 'success' }],
      });
      if (submitted.submission.accepted) await session.settle(submitted);
      const variant = asyncWriteSteps.after.of(method);
      return session.send({ method: 'GET', url, purpose: 'read', variant, subject: userName });
    };
    const current = responseObject(await write('PUT', buildUser(userName, replaced))) ?? {};
    const kept = keptPatch(current, replaced, patched);
    if (session.facts.capabilities.patch && kept !== undefined) await write('PATCH', kept.body);
    await write('DELETE');
  },
});
