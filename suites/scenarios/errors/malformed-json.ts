/** Sends bodies that are no JSON, synchronously and, where the target can, asynchronously. */
import fc from 'fast-check';
import { plainUser } from '../../generators/user.js';
import { malformed } from '../../generators/malformed-json.js';
import { defineScenario } from '../scenario.js';

export const malformedJson = defineScenario({
  name: 'malformed-json',
  title: 'sends bodies that are no JSON',
  inputs: () => fc.record({ damage: malformed, asynchronous: fc.boolean() }),
  exercise: async ({ damage, asynchronous }, session) => {
    const userName = session.userName();
    await session.send({
      method: 'POST',
      url: '/Users',
      purpose: 'malformed',
      variant: damage.name,
      subject: userName,
      body: damage.apply(JSON.stringify(plainUser(userName))),
      headers: asynchronous ? (session.binding?.ask({}) ?? []) : [],
    });
  },
});
