/** Submits a bulk request of many operations, some of which cannot succeed, and polls it to see the counts change. */
import fc from 'fast-check';
import { bulkPlan, createOperation } from '../building-blocks/bulk-plan.js';
import { readLater, watchClosely } from '../building-blocks/watch-closely.js';
import { defineScenario } from '../../definitions/scenario.js';

/** With the most operations, a provider is usually still processing when the first status is read. */
const numbers = { fewest: 1, most: 40 };

/** The beginning of the request ids of the bulk requests. */
const usualId = '52e0a9c4-7b16-4d8f-a3e1-';

export const asyncBulk = defineScenario({
  name: 'async-bulk',
  title: 'submits an asynchronous bulk request and polls its status to the end',
  needs: { binding: 'request-mode', capability: 'bulk' },
  inputs: (facts) => {
    const most = Math.min(numbers.most, facts.bulkRoom ?? numbers.most);
    return fc.array(
      fc.boolean().map((valid) => ({ valid })),
      { minLength: numbers.fewest, maxLength: most, size: 'max' },
    );
  },
  exercise: async (plan, session) => {
    const operations = plan.map(({ valid }, index) => createOperation(`b${index}`, session.userName(), valid));
    const submitted = await session.submit({ ...bulkPlan(operations), requestId: session.requestId(usualId) });
    if (!submitted.submission.accepted) return;
    await watchClosely(session, submitted.submission);
    await session.settle(submitted);
    await session.readStatus(submitted.submission);
    await readLater(session, submitted.submission);
  },
});
