/** Bulk requests that cannot mean anything (profile §7, clarification 9): they fail, at once or later. */
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { bulkPlan, type BulkOperation } from '../building-blocks/bulk-plan.js';

const create = (session: Session, bulkId: string): BulkOperation => {
  const userName = session.userName();
  return { method: 'POST', path: '/Users', bulkId, expected: 'failure', userName, data: plainUser(userName) };
};

const odd = {
  'no operations': () => bulkPlan([]),
  'failOnErrors 0': (session: Session) => bulkPlan([create(session, 'a')], { failOnErrors: 0 }),
  'one bulkId twice': (session: Session) => bulkPlan([create(session, 'a'), create(session, 'a')]),
};

export const bulkOdd = defineScenario({
  name: 'bulk-odd',
  title: 'submits a bulk request that cannot mean anything',
  needs: { binding: 'any', capability: 'bulk' },
  inputs: () => Object.keys(odd) as (keyof typeof odd)[],
  exercise: async (kind, session) => {
    const submitted = await session.submit({ ...odd[kind](session), variant: kind });
    if (submitted.submission.accepted) await session.settle(submitted);
  },
});
