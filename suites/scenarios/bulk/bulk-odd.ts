/**
 * Bulk requests without a meaning (profile §7, clarification 9): they have to fail, at once or later. Only `failOnErrors: 0`
 * may mean anything (RFC 7644 §3.7): its status and results still have to agree.
 */
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step, type Step } from '../../trace/step.js';
import { bulkPlan, type BulkOperation } from '../building-blocks/bulk-plan.js';

const create = (session: Session, bulkId: string): BulkOperation => {
  const userName = session.userName();
  return { method: 'POST', path: '/Users', bulkId, expected: 'failure', userName, data: plainUser(userName) };
};

export const bulkOddSteps = {
  noOperations: step('no operations'),
  failOnErrorsOf0: step('failOnErrors 0'),
  oneBulkIdTwice: step('one bulkId twice'),
};

const odd = {
  'no operations': () => bulkPlan([]),
  'failOnErrors 0': (session: Session) => bulkPlan([create(session, 'a')], { failOnErrors: 0 }),
  'one bulkId twice': (session: Session) => bulkPlan([create(session, 'a'), create(session, 'a')]),
};

/** The step of each input. Inputs are part of reports, so their names must not change. */
const steps: Record<keyof typeof odd, Step> = {
  'no operations': bulkOddSteps.noOperations,
  'failOnErrors 0': bulkOddSteps.failOnErrorsOf0,
  'one bulkId twice': bulkOddSteps.oneBulkIdTwice,
};

export const bulkOdd = defineScenario({
  name: 'bulk-odd',
  title: 'submits a bulk request without a meaning',
  needs: { binding: 'any', capability: 'bulk' },
  inputs: () => Object.keys(odd) as (keyof typeof odd)[],
  exercise: async (kind, session) => {
    const submitted = await session.submit({ ...odd[kind](session), variant: steps[kind] });
    if (submitted.submission.accepted) await session.settle(submitted);
  },
});
