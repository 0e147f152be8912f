/** Sends a valid user with a content type that is not JSON: a provider must not ignore the type. */
import { header } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario, modesOf } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const wrongContentTypeSteps = {
  /** The write with a content type that is not JSON. */
  contentType: step('content type'),
};

export const wrongContentType = defineScenario({
  name: 'wrong-content-type',
  title: 'sends a user with a content type that is not JSON',
  eachBinding: true,
  inputs: (_facts, turn) =>
    ['text/plain', 'application/xml', 'application/x-www-form-urlencoded'].flatMap((contentType) =>
      modesOf(turn).flatMap((asynchronous) =>
        (contentType === 'text/plain' ? (['POST', 'PUT'] as const) : (['POST'] as const)).map((method) => ({
          contentType,
          asynchronous,
          method,
        })),
      ),
    ),
  exercise: async ({ contentType, asynchronous, method }, session) => {
    const { userName, path } =
      method === 'PUT' ? await createUser(session) : { userName: session.userName(), path: '/Users' };
    const about = {
      method,
      url: path,
      purpose: 'refusal',
      variant: wrongContentTypeSteps.contentType,
      subject: userName,
      headers: [[header.contentType, contentType]] satisfies [string, string][],
      body: plainUser(userName),
    } as const;
    if (!asynchronous || session.binding === undefined) {
      await session.send(about);
      return;
    }
    const operations = [{ method, path, expected: 'failure', status: '415', userName }] as const;
    const submitted = await session.submit({ ...about, operations });
    // What the provider should have seen at once is not waited for, except where RFC 9967 shows it in an event.
    if (submitted.submission.accepted && session.binding.name === 'respond-async') await session.settle(submitted);
  },
});
