/** Reads, replaces, patches and deletes a user that was deleted, in both modes. */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario, modesOf } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

const methods = ['GET', 'PUT', 'PATCH', 'DELETE'] as const;

export const unknownResource = defineScenario({
  name: 'unknown-resource',
  title: 'reads and writes a user that was deleted',
  eachBinding: true,
  inputs: (facts, turn) =>
    methods
      .filter((method) => method !== 'PATCH' || facts.capabilities.patch)
      .flatMap((method) =>
        (method === 'GET' ? [false] : modesOf(turn)).map((asynchronous) => ({ method, asynchronous })),
      ),
  exercise: async ({ method, asynchronous }, session) => {
    // The provider made this id: it might refuse an invented one because of its form.
    const { url, path, userName } = await createUser(session);
    await session.send({ method: 'DELETE', url, purpose: 'delete', subject: userName });
    const body =
      method === 'PUT'
        ? plainUser(userName)
        : method === 'PATCH'
          ? { schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'displayName', value: 'Nobody' }] }
          : undefined;
    const request = { url: path, subject: userName, variant: step(method), ...(body === undefined ? {} : { body }) };
    if (method === 'GET' || !asynchronous || session.binding === undefined) {
      await session.send({ ...request, method, purpose: 'unknown-resource' });
      return;
    }
    const submitted = await session.submit({
      ...request,
      method,
      purpose: 'unknown-resource',
      operations: [{ method, path, expected: 'failure', status: '404' }],
    });
    if (submitted.submission.accepted) await session.settle(submitted);
  },
});
