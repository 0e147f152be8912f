/** Reads the same things with and without the mode header, which means nothing on GET. */
import { header, requestMode } from '../../../schemas/names.js';
import { createUser } from '../create-user.js';
import { defineScenario } from '../scenario.js';

export const modeOnRead = defineScenario({
  name: 'mode-on-read',
  title: 'reads with and without the mode header',
  needs: { binding: 'request-mode' },
  exercise: async (_input, session) => {
    const { url, userName } = await createUser(session);
    for (const subject of [url, '/ServiceProviderConfig', `${url}-unknown`]) {
      const read = { method: 'GET', url: subject, purpose: 'read', subject: `${userName} ${subject}` } as const;
      await session.send({ ...read, variant: 'without mode' });
      await session.send({
        ...read,
        variant: 'with mode',
        headers: [[header.requestMode, requestMode.asynchronous]],
      });
    }
  },
});
