/** Sends a bulk request without asking for anything asynchronous: good operations and, among them, bad ones. */
import fc from 'fast-check';
import { urn } from '../../../schemas/names.js';
import { buildUser, userAttributes } from '../../generators/user.js';
import { defineScenario } from '../scenario.js';

export const synchronousBulk = defineScenario({
  name: 'synchronous-bulk',
  title: 'sends a synchronous bulk request',
  needs: { capability: 'bulk' },
  inputs: (facts) =>
    fc.array(fc.record({ user: userAttributes, valid: fc.boolean() }), {
      minLength: 1,
      maxLength: Math.max(1, Math.min(5, facts.bulkMaxOperations ?? 5)),
    }),
  exercise: async (users, session) => {
    const Operations = users.map(({ user, valid }, index) => {
      const { userName, ...rest } = buildUser(session.userName(), user);
      return { method: 'POST', path: '/Users', bulkId: `b${index}`, data: valid ? { userName, ...rest } : rest };
    });
    await session.send({
      method: 'POST',
      url: '/Bulk',
      purpose: 'bulk',
      body: { schemas: [urn.bulkRequest], Operations },
    });
  },
});
