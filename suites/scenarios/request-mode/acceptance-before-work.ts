/** Sends a large bulk request asynchronously and then synchronously, to compare the times until the answers. */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

const size = 50;

export const acceptanceBeforeWorkSteps = {
  /** The large bulk request, in both modes. */
  large: step('large'),
};

const bulk = (session: Session, count: number) => {
  const userNames = Array.from({ length: count }, () => session.userName());
  const Operations = userNames.map((userName, index) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `b${index}`,
    data: plainUser(userName),
  }));
  return { userNames, body: { schemas: [urn.bulkRequest], Operations } };
};

export const acceptanceBeforeWork = defineScenario({
  name: 'acceptance-before-work',
  title: 'submits a large bulk request, then the same synchronously',
  needs: { binding: 'request-mode', capability: 'bulk' },
  // Other requests would change the times of the answers.
  alone: true,
  exercise: async (_input, session) => {
    const count = Math.min(size, session.facts.bulkRoom ?? size);
    const { userNames, body } = bulk(session, count);
    const submitted = await session.submit({
      method: 'POST',
      url: '/Bulk',
      shape: 'bulk',
      variant: acceptanceBeforeWorkSteps.large,
      body,
      operations: userNames.map((userName) => ({ method: 'POST', path: '/Users', expected: 'success', userName })),
    });
    if (!submitted.submission.accepted) return;
    await session.readStatus(submitted.submission);
    await session.settleWhenDone(submitted);
    await session.send({
      method: 'POST',
      url: '/Bulk',
      purpose: 'bulk',
      variant: acceptanceBeforeWorkSteps.large,
      body: bulk(session, count).body,
    });
  },
});
