/** Reimports: bulk requests that create a user who is there already, between two new ones (feature `conflict`). */
import { plainUser } from '../../generators/user.js';
import { wordedUser } from '../../generators/worded.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step, stepFamily } from '../../trace/step.js';
import { bulkOptions, bulkPlan, createOperation, type BulkOperation } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';

export const conflictSteps = {
  /** The bulk request; the value is that of `onConflict`. */
  policy: stepFamily('onConflict '),
  /** A read of the user who is there, before the bulk request. */
  before: step('before the reimport'),
  /** The same read when the bulk request is completed or refused. */
  afterwards: step('after the reimport'),
};

/** The bulkId of the create whose userName is taken. */
export const duplicateId = 'duplicate';

export const conflictPolicies = ['fail', 'skip', 'overwrite'] as const;

export const conflict = defineScenario({
  name: 'conflict',
  title: 'creates a user who is there already, with each value of onConflict',
  needs: { binding: 'request-mode', feature: 'conflict', capability: 'bulk' },
  inputs: () => conflictPolicies,
  exercise: async (policy, session) => {
    const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
    const duplicate: BulkOperation = {
      method: 'POST',
      path: '/Users',
      bulkId: duplicateId,
      userName,
      data: wordedUser(userName, session.word()),
      ...(policy === 'fail' ? { expected: 'failure', status: '409' } : { expected: 'success' }),
    };
    const created = ['new', 'other'].map((bulkId) => {
      const name = session.userName();
      return { ...createOperation(bulkId, name), data: plainUser(name) };
    });
    const operations = [duplicate, ...created].slice(0, session.facts.bulkRoom ?? Infinity);
    // It is in the middle if there is room for all.
    if (operations.length === 3) operations.splice(0, 2, ...operations.slice(0, 2).toReversed());
    const about = { method: 'GET', url: path, purpose: 'read', subject: path } as const;
    await session.attempt({ ...about, variant: conflictSteps.before });
    const submitted = await session.submit({
      ...bulkPlan(operations, bulkOptions({ onConflict: policy })),
      variant: conflictSteps.policy.of(policy),
    });
    if (submitted.submission.accepted) await session.settle(submitted);
    await session.attempt({ ...about, variant: conflictSteps.afterwards });
    await session.find(userName);
  },
});
