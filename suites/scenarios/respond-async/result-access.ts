/** Fetches a result without a credential and with a bad one, before it is there and when it is (RFC 9967 §5). */
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';

export const resultAccess = defineScenario({
  name: 'result-access',
  title: 'fetches a result without a credential, and with a bad one',
  needs: { binding: 'respond-async' },
  exercise: async (_input, session) => {
    const submitted = await session.submit(asyncCreate(session.userName()));
    const { submission } = submitted;
    if (!submission.accepted || submission.location === undefined) return;
    const credentials = ['none', ...(session.facts.authenticated ? (['invalid'] as const) : [])] as const;
    const tryAll = async (variant: string): Promise<void> => {
      for (const credential of credentials) {
        await session.look(submission, { purpose: 'result-access', credential, variant });
        await session.look(submission, { purpose: 'result-access', credential, variant, method: 'HEAD' });
      }
    };
    await tryAll('at once');
    await session.settle(submitted);
    await tryAll('when completed');
  },
});
