/** Submits several creates at the same time, because that is when ids and Locations collide. */
import fc from 'fast-check';
import { defineScenario } from '../../definitions/scenario.js';
import { settleAll } from '../building-blocks/settle-all.js';
import { asyncCreate } from '../../session/async-create.js';

export const submissionsTogether = defineScenario({
  name: 'submissions-together',
  title: 'submits several creates at the same time',
  needs: { binding: 'request-mode' },
  inputs: () => fc.integer({ min: 2, max: 6 }),
  exercise: async (count, session) => {
    const submitted = await Promise.all(
      Array.from({ length: count }, () => session.submit(asyncCreate(session.userName()))),
    );
    await settleAll(session, submitted);
  },
});
