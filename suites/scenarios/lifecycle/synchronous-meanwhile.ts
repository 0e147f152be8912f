/** Makes synchronous requests while a large asynchronous one is pending: they must not wait for it. */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { asyncCreate } from '../../session/async-create.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step, type Step } from '../../trace/step.js';

const size = 100;

export const synchronousMeanwhileSteps = {
  /** When nothing asynchronous is pending, to measure how long each request takes. */
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
  // The time of an answer can be judged only if no other requests run.
  alone: true,
  exercise: async (_input, session) => {
    const { userName, url } = await createUser(session);
    const makeThreeRequests = async (variant: Step): Promise<void> => {
      const about = { purpose: 'meanwhile', variant, subject: userName } as const;
      await session.attempt({ method: 'GET', url, ...about });
      await session.attempt({ method: 'PUT', url, ...about, body: plainUser(userName) });
      await session.attempt({ method: 'POST', url: '/Users', ...about, body: plainUser(session.userName()) });
    };
    await makeThreeRequests(steps.idle);
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
    await session.readStatus(submitted.submission, { variant: steps.before });
    await makeThreeRequests(steps.pending);
    await session.readStatus(submitted.submission, { variant: steps.after });
    await session.settleWhenDone(submitted);
  },
});
