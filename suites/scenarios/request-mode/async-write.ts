/** Replaces, patches and deletes a user, and replaces and deletes a group, asynchronously, and reads it after each write. */
import fc from 'fast-check';
import { buildUser, userAttributes } from '../../generators/user.js';
import { plainGroup } from '../../generators/worded.js';
import type { SubmitPlan } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { createGroup } from '../building-blocks/create-group.js';
import { createUser } from '../building-blocks/create-user.js';
import { keptPatch } from '../building-blocks/kept-patch.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step, stepFamily } from '../../trace/step.js';

interface Written {
  readonly name: string;
  readonly path: string;
}

/** The beginning of the request ids of the writes. */
const usualId = 'b1d3c6a2-0f3e-4c58-9b7d-';

export const asyncWriteSteps = {
  /** The asynchronous write with this method. */
  write: (method: SubmitPlan['method']) => step(method),
  /** A read of the user after the write with this method. */
  after: stepFamily('after '),
};

export const asyncWrite = defineScenario({
  name: 'async-write',
  title: 'replaces, patches and deletes a user and a group asynchronously',
  needs: { binding: 'request-mode' },
  waits: true,
  inputs: () => fc.record({ replaced: userAttributes, patched: userAttributes }),
  exercise: async ({ replaced, patched }, session) => {
    const { userName, path } = await createUser(session);
    const writeTo = async (
      { name, path }: Written,
      method: SubmitPlan['method'],
      body?: unknown,
    ): Promise<Answered> => {
      const submitted = await session.submit({
        method,
        url: path,
        subject: name,
        variant: asyncWriteSteps.write(method),
        requestId: session.requestId(usualId),
        ...(body === undefined ? {} : { body }),
        operations: [{ method, path, expected: 'success' }],
      });
      if (submitted.submission.accepted) await session.settle(submitted);
      const variant = asyncWriteSteps.after.of(method);
      return session.send({ method: 'GET', url: path, purpose: 'read', variant, subject: name });
    };
    const write = (method: SubmitPlan['method'], body?: unknown): Promise<Answered> =>
      writeTo({ name: userName, path }, method, body);
    const current = responseObject(await write('PUT', buildUser(userName, replaced))) ?? {};
    const kept = keptPatch(current, replaced, patched);
    if (session.facts.capabilities.patch && kept !== undefined) await write('PATCH', kept.body);
    await write('DELETE');
    if (!session.facts.capabilities.groups) return;
    const group = await createGroup(session, []);
    await writeTo(group, 'PUT', plainGroup(session.groupName()));
    await writeTo(group, 'DELETE');
  },
});
