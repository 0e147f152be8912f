/** Several bulk requests of different sizes in flight at a time, because one may show counts or results of another. */
import fc from 'fast-check';
import { readCreated } from '../building-blocks/look-again.js';
import { defineScenario } from '../../definitions/scenario.js';
import { bulkPlan, createOperation } from '../building-blocks/bulk-plan.js';

export const bulksTogether = defineScenario({
  name: 'bulks-together',
  title: 'submits several bulk requests at a time',
  needs: { binding: 'any', capability: 'bulk' },
  inputs: ({ bulkRoom }) => {
    const most = Math.min(20, bulkRoom ?? 20);
    const bulk = fc.array(fc.boolean(), { minLength: 1, maxLength: most, size: 'max' });
    return fc.array(bulk, { minLength: 2, maxLength: 4, size: 'max' });
  },
  exercise: async (bulks, session) => {
    const plans = bulks.map((valid, place) =>
      bulkPlan(valid.map((isValid, index) => createOperation(`r${place}o${index}`, session.userName(), isValid))),
    );
    await Promise.all(
      plans.map(async (plan) => {
        const submitted = await session.submit(plan);
        if (!submitted.submission.accepted) return;
        const { results } = await session.settle(submitted);
        await readCreated(session, results);
      }),
    );
  },
});
