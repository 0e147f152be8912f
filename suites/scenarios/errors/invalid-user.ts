/** Writes users without userName, the one attribute that RFC 7643 §4.1.1 requires. */
import { plainUser } from '../../generators/user.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario, modesOf } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const invalidUserSteps = {
  /** Each write of a user whose userName is left out, or null. */
  withoutUserName: step('without userName'),
  /** The read of the user after a PUT without userName. */
  afterwards: step('afterwards'),
};

/** Null is no value (RFC 7643 §2.5). */
const ways = ['left out', 'null', 'left out of a replace'] as const;

export const invalidUser = defineScenario({
  name: 'invalid-user',
  title: 'writes a user without userName',
  eachBinding: true,
  inputs: (_facts, turn) => ways.flatMap((way) => modesOf(turn).map((asynchronous) => ({ way, asynchronous }))),
  exercise: async ({ way, asynchronous }, session) => {
    const { userName, ...rest } = plainUser(session.userName());
    // If a provider creates this user nevertheless, e-mail and externalId contain the name, so that it can be deleted.
    const externalId = String(userName).slice(0, -'@example.com'.length);
    const body = { ...rest, externalId, ...(way === 'null' ? { userName: null } : {}) };
    const replaced = way === 'left out of a replace' ? await createUser(session) : undefined;
    const [method, path] = replaced === undefined ? (['POST', '/Users'] as const) : (['PUT', replaced.path] as const);
    const about = { method, url: path, purpose: 'refusal', variant: invalidUserSteps.withoutUserName, body } as const;
    if (asynchronous && session.binding !== undefined) {
      const submitted = await session.submit({
        ...about,
        operations: [{ method, path, expected: 'failure', status: '400' }],
      });
      if (submitted.submission.accepted) await session.settle(submitted);
    } else await session.send(about);
    // A provider may keep the userName that a PUT leaves out.
    const variant = invalidUserSteps.afterwards;
    if (replaced !== undefined)
      await session.attempt({ method: 'GET', url: path, purpose: 'read', subject: path, variant });
  },
});
