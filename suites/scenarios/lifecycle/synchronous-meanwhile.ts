/** Synchronous requests while a large asynchronous one is pending: they are to be served all the same. */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { asyncCreate } from '../../session/async-create.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step, type Step } from '../../trace/step.js';

const size = 100;

export const synchronousMeanwhileSteps = {
  /** Where nothing asynchronous is pending: how long each takes. */
  idle: step('idle'),
  /** While the asynchronous request is pending. */
  pending: step('pending'),
  /** The status of that request, before and after. */
  before: step('before'),
  after: step('after'),
};

const steps = synchronousMeanwhileSteps;

export const synchronousMeanwhile = defineScenario({
  name: 'synchronous-meanwhile',
  title: 'makes synchronous requests while an asynchronous one is pending',
  needs: { binding: 'any' },
  // How long an answer takes tells something only where nothing else is asked for.
  alone: true,
  exercise: async (_input, session) => {
    const { userName, url } = await createUser(session);
    // How long each takes where nothing is pending.
    const threeOf = async (variant: Step): Promise<void> => {
      const about = { purpose: 'meanwhile', variant, subject: userName } as const;
      await session.attempt({ method: 'GET', url, ...about });
      await session.attempt({ method: 'PUT', url, ...about, body: plainUser(userName) });
      await session.attempt({ method: 'POST', url: '/Users', ...about, body: plainUser(session.userName()) });
    };
    await threeOf(steps.idle);
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
    await session.look(submitted.submission, { variant: steps.before });
    await threeOf(steps.pending);
    await session.look(submitted.submission, { variant: steps.after });
    await session.settleWhenDone(submitted);
  },
});
