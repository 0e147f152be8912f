/** Creates a user whose userName is taken, synchronously and asynchronously. */
import { plainUser } from '../../generators/user.js';
import { createUser } from '../create-user.js';
import { defineScenario, modesOf } from '../scenario.js';

export const duplicateUser = defineScenario({
  name: 'duplicate-user',
  title: 'creates a user whose userName is taken',
  inputs: (facts) => modesOf(facts).map((asynchronous) => ({ asynchronous })),
  exercise: async ({ asynchronous }, session) => {
    const { userName } = await createUser(session);
    const body = plainUser(userName);
    if (asynchronous && session.binding !== undefined) {
      const submitted = await session.submit({
        method: 'POST',
        url: '/Users',
        purpose: 'duplicate',
        subject: userName,
        body,
        operations: [{ method: 'POST', path: '/Users', expected: 'failure', status: '409' }],
      });
      if (submitted.submission.accepted) await session.settle(submitted);
      return;
    }
    await session.send({ method: 'POST', url: '/Users', purpose: 'duplicate', subject: userName, body });
  },
});
