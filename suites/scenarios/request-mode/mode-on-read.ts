/** Reads the same resources with and without the mode header, which has no meaning on GET. */
import { header, requestMode } from '../../../schemas/names.js';
import { createUser } from '../building-blocks/create-user.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const modeOnReadSteps = {
  withMode: step('with mode'),
  /** Twice, before and after the read with the mode. */
  withoutMode: step('without mode'),
};

export const modeOnRead = defineScenario({
  name: 'mode-on-read',
  title: 'reads with and without the mode header',
  needs: { binding: 'request-mode' },
  exercise: async (_input, session) => {
    const { url, userName } = await createUser(session);
    const { submission } = await session.complete(asyncCreate(session.userName()));
    const filter = encodeURIComponent(`userName eq "${userName}"`);
    const others = [
      ...(submission.location === undefined ? [] : [submission.location]),
      ...(session.facts.capabilities.filter ? [`/Users?filter=${filter}`] : []),
    ];
    for (const subject of [url, '/ServiceProviderConfig', `${url}-unknown`, ...others]) {
      const read = { method: 'GET', url: subject, purpose: 'read', subject: `${userName} ${subject}` } as const;
      await session.send({ ...read, variant: modeOnReadSteps.withoutMode });
      await session.send({
        ...read,
        variant: modeOnReadSteps.withMode,
        headers: [[header.requestMode, requestMode.asynchronous]],
      });
      // If two reads without the mode differ, a difference with the mode proves nothing.
      await session.send({ ...read, variant: modeOnReadSteps.withoutMode });
    }
  },
});
