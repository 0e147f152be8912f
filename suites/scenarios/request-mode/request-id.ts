/** Sends request ids of every legal kind and looks whether they come back. */
import { requestIds } from '../../generators/request-id.js';
import { defineScenario } from '../scenario.js';
import { asyncCreate } from './async-user.js';

export const requestId = defineScenario({
  name: 'request-id',
  title: 'submits with request ids of every legal form',
  needs: { binding: 'request-mode' },
  inputs: () => requestIds.any,
  exercise: async (id, session) => {
    const submitted = await session.submit(
      asyncCreate(session.userName(), { requestId: session.requestId(id), variant: 'any request id' }),
    );
    if (submitted.submission.accepted) await session.settle(submitted);
  },
});
