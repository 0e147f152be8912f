/** Creates users without the one attribute that RFC 7643 §4.1.1 requires, both ways. */
import { plainUser } from '../../generators/user.js';
import { defineScenario, modesOf } from '../scenario.js';

export const invalidUser = defineScenario({
  name: 'invalid-user',
  title: 'creates a user without userName',
  inputs: (facts) => modesOf(facts).map((asynchronous) => ({ asynchronous })),
  exercise: async ({ asynchronous }, session) => {
    const { userName, ...rest } = plainUser(session.userName());
    // The name lives on in the e-mail, so that what is created all the same can be found by its id.
    const body = { ...rest, externalId: String(userName).slice(0, -'@example.com'.length) };
    if (asynchronous && session.binding !== undefined) {
      const submitted = await session.submit({
        method: 'POST',
        url: '/Users',
        purpose: 'refusal',
        variant: 'without userName',
        body,
        operations: [{ method: 'POST', path: '/Users', expected: 'failure', status: '400' }],
      });
      if (submitted.submission.accepted) await session.settle(submitted);
      return;
    }
    await session.send({ method: 'POST', url: '/Users', purpose: 'refusal', variant: 'without userName', body });
  },
});
