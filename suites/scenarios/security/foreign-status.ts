/** Reads the status of a request as another client, before and after it is completed, by every path and method. */
import { header } from '../../../schemas/names.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

/** The beginning of the request id. */
const usualId = '9a7f2c11-5d0e-4b7c-8e34-';

export const foreignStatus = defineScenario({
  name: 'foreign-status',
  title: 'reads a status as another client',
  needs: { binding: 'any', credential: 'second' },
  exercise: async (_input, session) => {
    const requestId = session.requestId(usualId);
    const submitted = await session.submit(asyncCreate(session.userName(), { requestId }));
    const { submission } = submitted;
    if (!submission.accepted) return;
    const { location } = submission;
    const other = location?.replace('/provision/', '/provisions/');
    const alias = other === location ? undefined : other;
    const asSecond = { purpose: 'foreign-status', credential: 'second' } as const;
    await session.readStatus(submission, { ...asSecond, variant: step('while pending') });
    if (session.binding?.name === 'request-mode' && session.facts.features.includes('cancel')) {
      await session.readStatus(submission, { ...asSecond, method: 'DELETE', variant: step('a cancel') });
      if (alias !== undefined)
        await session.attempt({ ...asSecond, method: 'DELETE', url: alias, variant: step('a cancel by an alias') });
    }
    await session.settle(submitted);
    await session.readStatus(submission, { ...asSecond, variant: step('when completed') });
    await session.readStatus(submission, { ...asSecond, method: 'HEAD', variant: step('by HEAD') });
    if (alias !== undefined)
      await session.attempt({ ...asSecond, method: 'GET', url: alias, variant: step('by an alias') });
    if (session.binding?.name !== 'request-mode') return;
    // The id shows up in logs and tickets: it is no credential.
    const headers: [string, string][] = [[header.originalRequestId, requestId]];
    await session.readStatus(submission, { ...asSecond, headers, variant: step('with X-Original-Request-ID') });
  },
});
