/** Fetches a result without a credential and with a bad one, before and after the request is completed (RFC 9967 §5). */
import { asyncCreate } from '../../session/async-create.js';
import { step, type Step } from '../../trace/step.js';
import { defineScenario } from '../../definitions/scenario.js';

export const resultAccessSteps = {
  /** Right after the 202. */
  atOnce: step('at once'),
  whenCompleted: step('when completed'),
};

export const resultAccess = defineScenario({
  name: 'result-access',
  title: 'fetches a result without a credential, and with a bad one',
  needs: { binding: 'respond-async' },
  exercise: async (_input, session) => {
    const submitted = await session.submit(asyncCreate(session.userName()));
    const { submission } = submitted;
    if (!submission.accepted || submission.location === undefined) return;
    const credentials = ['none', ...(session.facts.authenticated ? (['invalid'] as const) : [])] as const;
    const tryAll = async (variant: Step): Promise<void> => {
      for (const credential of credentials) {
        await session.readStatus(submission, { purpose: 'result-access', credential, variant });
        await session.readStatus(submission, { purpose: 'result-access', credential, variant, method: 'HEAD' });
      }
    };
    await tryAll(resultAccessSteps.atOnce);
    await session.settle(submitted);
    await tryAll(resultAccessSteps.whenCompleted);
  },
});
