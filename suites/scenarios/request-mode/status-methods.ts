/** Tries to write a completed status resource, and reads it to see whether it changed. */
import { urn } from '../../../schemas/names.js';
import { defineScenario } from '../../definitions/scenario.js';
import { asyncCreate } from '../../session/async-create.js';
import { step, stepFamily } from '../../trace/step.js';

export const statusMethodsSteps = {
  /** The read before the first try to write. */
  before: step('before'),
  /** The read after the try to write with this method. */
  after: stepFamily('after '),
};

/** A status with other counts: if the provider accepts it, the change shows. */
const forged = {
  schemas: [urn.provisionStatus],
  operationsCount: { total: 9, success: 9, failed: 0, pending: 0 },
  status: { completed: true, success: true },
};

export const statusMethods = defineScenario({
  name: 'status-methods',
  title: 'tries to write a status resource',
  needs: { binding: 'request-mode' },
  exercise: async (_input, session) => {
    const { submission } = await session.complete(asyncCreate(session.userName()));
    await session.readStatus(submission, { variant: statusMethodsSteps.before });
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      // With the feature, DELETE cancels (CNCL-01).
      if (method === 'DELETE' && session.facts.features.includes('cancel')) continue;
      await session.readStatus(submission, {
        method,
        purpose: 'status-method',
        ...(method === 'DELETE' ? {} : { body: forged }),
      });
      await session.readStatus(submission, { variant: statusMethodsSteps.after.of(method) });
    }
  },
});
