/** Synchronous requests while a large asynchronous one is pending: they are to be served all the same. */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { asyncCreate } from '../request-mode/async-user.js';
import { createUser } from '../create-user.js';
import { defineScenario } from '../scenario.js';

const size = 100;

export const synchronousMeanwhile = defineScenario({
  name: 'synchronous-meanwhile',
  title: 'makes synchronous requests while an asynchronous one is pending',
  needs: { binding: 'any' },
  // How long an answer takes tells something only where nothing else is asked for.
  alone: true,
  exercise: async (_input, session) => {
    const { userName, path, url } = await createUser(session);
    // How long the same takes where nothing is pending.
    await session.send({ method: 'PUT', url, purpose: 'meanwhile', variant: 'idle', body: plainUser(userName) });
    const { bulk } = session.facts.capabilities;
    const userNames = Array.from({ length: Math.min(size, session.facts.bulkRoom ?? size) }, () => session.userName());
    const submitted = await session.submit(
      bulk
        ? {
            method: 'POST',
            url: '/Bulk',
            shape: 'bulk',
            body: {
              schemas: [urn.bulkRequest],
              Operations: userNames.map((name, index) => ({
                method: 'POST',
                path: '/Users',
                bulkId: `b${index}`,
                data: plainUser(name),
              })),
            },
            operations: userNames.map((name, index) => ({
              method: 'POST',
              path: '/Users',
              bulkId: `b${index}`,
              expected: 'success',
              userName: name,
            })),
          }
        : asyncCreate(session.userName()),
    );
    if (!submitted.submission.accepted) return;
    const meanwhile = { purpose: 'meanwhile', variant: 'pending', subject: userName } as const;
    await session.look(submitted.submission, { variant: 'before' });
    await session.attempt({ method: 'GET', url: path, ...meanwhile });
    await session.attempt({ method: 'PUT', url: path, ...meanwhile, body: plainUser(userName) });
    await session.attempt({
      method: 'POST',
      url: '/Users',
      ...meanwhile,
      body: plainUser(session.userName()),
    });
    await session.look(submitted.submission, { variant: 'after' });
    await session.settleWhenDone(submitted);
  },
});
