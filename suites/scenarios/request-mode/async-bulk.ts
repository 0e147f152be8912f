/** Submits a bulk request of many operations, some of which cannot succeed, and polls it to see the counts change. */
import fc from 'fast-check';
import { urn } from '../../../schemas/names.js';
import type { SubmittedOperation } from '../../../schemas/types.js';
import { plainUser } from '../../generators/user.js';
import { readLater, watchClosely } from '../building-blocks/watch-closely.js';
import { defineScenario } from '../../definitions/scenario.js';

/** With the most operations, a provider is usually still processing when the first status is read. */
const operations = { fewest: 1, most: 40 };

export const asyncBulk = defineScenario({
  name: 'async-bulk',
  title: 'submits an asynchronous bulk request and polls its status to the end',
  needs: { binding: 'request-mode', capability: 'bulk' },
  inputs: (facts) => {
    const most = Math.min(operations.most, facts.bulkRoom ?? operations.most);
    return fc.array(
      fc.boolean().map((valid) => ({ valid })),
      { minLength: operations.fewest, maxLength: most, size: 'max' },
    );
  },
  exercise: async (plan, session) => {
    const userNames = plan.map(() => session.userName());
    const submitted = await session.submit({
      method: 'POST',
      url: '/Bulk',
      shape: 'bulk',
      body: {
        schemas: [urn.bulkRequest],
        Operations: plan.map(({ valid }, index) => {
          const { userName, ...rest } = plainUser(userNames[index] ?? '');
          return { method: 'POST', path: '/Users', bulkId: `b${index}`, data: valid ? { userName, ...rest } : rest };
        }),
      },
      operations: plan.map(({ valid }, index): SubmittedOperation => ({
        method: 'POST',
        path: '/Users',
        bulkId: `b${index}`,
        expected: valid ? 'success' : 'failure',
        ...(valid ? { userName: userNames[index] ?? '' } : { status: '400' }),
      })),
    });
    if (!submitted.submission.accepted) return;
    await watchClosely(session, submitted.submission);
    await session.settle(submitted);
    await session.readStatus(submitted.submission);
    await readLater(session, submitted.submission);
  },
});
