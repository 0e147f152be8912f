/** Sends a valid user with a content type that is not JSON: a provider must not ignore the type. */
import { header } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { defineScenario, modesOf } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const wrongContentTypeSteps = {
  /** The create with a content type that is not JSON. */
  contentType: step('content type'),
};

export const wrongContentType = defineScenario({
  name: 'wrong-content-type',
  title: 'sends a user with a content type that is not JSON',
  eachBinding: true,
  inputs: (_facts, turn) =>
    ['text/plain', 'application/xml', 'application/x-www-form-urlencoded'].flatMap((contentType) =>
      modesOf(turn).map((asynchronous) => ({ contentType, asynchronous })),
    ),
  exercise: async ({ contentType, asynchronous }, session) => {
    const userName = session.userName();
    await session.send({
      method: 'POST',
      url: '/Users',
      purpose: 'refusal',
      variant: wrongContentTypeSteps.contentType,
      subject: userName,
      headers: [[header.contentType, contentType], ...(asynchronous ? (session.binding?.ask({}) ?? []) : [])],
      body: plainUser(userName),
    });
  },
});
