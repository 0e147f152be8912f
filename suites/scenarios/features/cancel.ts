/** Cancels a large request while it is pending (feature `cancel`). */
import { plainUser } from '../../generators/user.js';
import { bulkPlan } from '../bulk/bulk-plan.js';
import { defineScenario } from '../scenario.js';

/** So many that some have not run when the DELETE comes. */
const size = 120;

export const cancel = defineScenario({
  name: 'cancel',
  title: 'cancels a bulk request while it is pending',
  needs: { binding: 'request-mode', feature: 'cancel', capability: 'bulk' },
  exercise: async (_input, session) => {
    const count = Math.min(size, session.facts.bulkMaxOperations ?? size);
    const plan = bulkPlan(
      Array.from({ length: count }, (_, index) => {
        const userName = session.userName();
        const data = plainUser(userName);
        return { method: 'POST', path: '/Users', bulkId: `b${index}`, expected: 'success', userName, data } as const;
      }),
    );
    const submitted = await session.submit(plan);
    const { submission } = submitted;
    if (!submission.accepted) return;
    await session.look(submission, { method: 'DELETE', purpose: 'cancel' });
    await session.look(submission, { variant: 'after cancel' });
    const { results } = await session.settle(submitted);
    const stopped = results.filter(({ status }) => Number(status) >= 400);
    const names = stopped.flatMap(({ index }) => plan.operations[index]?.userName ?? []);
    for (const userName of new Set([...names.slice(0, 1), ...names.slice(-1)])) await session.find(userName);
  },
});
