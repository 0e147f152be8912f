/** Sends synchronous bulk requests with valid and invalid operations. */
import fc from 'fast-check';
import { header, requestMode, urn } from '../../../schemas/names.js';
import { buildUser, plainUser, userAttributes } from '../../generators/user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const synchronousBulkSteps = {
  /** The request with the mode header `synchronous`. */
  inModeSynchronous: step('bulk request in mode synchronous'),
};

export const synchronousBulk = defineScenario({
  name: 'synchronous-bulk',
  title: 'sends a synchronous bulk request',
  needs: { capability: 'bulk' },
  inputs: (facts) =>
    fc.array(fc.record({ user: userAttributes, valid: fc.boolean() }), {
      minLength: 1,
      maxLength: Math.max(1, Math.min(5, facts.bulkRoom ?? 5)),
    }),
  exercise: async (users, session) => {
    const Operations = users.map(({ user, valid }, index) => {
      const { userName, ...rest } = buildUser(session.userName(), user);
      return { method: 'POST', path: '/Users', bulkId: `b${index}`, data: valid ? { userName, ...rest } : rest };
    });
    const about = { method: 'POST', url: '/Bulk', purpose: 'bulk' } as const;
    await session.send({ ...about, body: { schemas: [urn.bulkRequest], Operations } });
    // A second request, with the mode header `synchronous`.
    const again = plainUser(session.userName());
    const body = {
      schemas: [urn.bulkRequest],
      Operations: [{ method: 'POST', path: '/Users', bulkId: 's', data: again }],
    };
    const headers: [string, string][] = [[header.requestMode, requestMode.synchronous]];
    await session.send({ ...about, headers, variant: synchronousBulkSteps.inModeSynchronous, body });
  },
});
