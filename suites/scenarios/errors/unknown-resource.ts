/** Reads, replaces, patches and deletes a user or group that was deleted, in both modes. */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { plainGroup } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { createGroup } from '../building-blocks/create-group.js';
import { createUser } from '../building-blocks/create-user.js';
import { settleAll } from '../building-blocks/settle-all.js';
import { defineScenario, modesOf } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const unknownResourceSteps = {
  /** Two asynchronous DELETEs of one user, sent at the same moment. */
  atOnce: step('DELETE twice at once'),
};

const methods = ['GET', 'PUT', 'PATCH', 'DELETE'] as const;

/** A resource that was deleted. The provider made its id: it might refuse an invented one because of its form. */
const deleted = async (session: Session, endpoint: 'Users' | 'Groups') => {
  if (endpoint === 'Groups') {
    const { name, path } = await createGroup(session, []);
    await session.send({ method: 'DELETE', url: path, purpose: 'delete', subject: name });
    return { name, path, body: plainGroup(name) };
  }
  const { url, path, userName } = await createUser(session);
  await session.send({ method: 'DELETE', url, purpose: 'delete', subject: userName });
  return { name: userName, path, body: plainUser(userName) };
};

interface Kind {
  readonly endpoint: 'Users' | 'Groups';
  readonly method: (typeof methods)[number];
  readonly asynchronous: boolean;
  /** Whether the resource is there, and is deleted twice at once: only one of the two may find it. */
  readonly isTwice?: boolean;
}

const deleteTwice = async (session: Session): Promise<void> => {
  const { path } = await createUser(session);
  const operations = [{ method: 'DELETE', path, expected: 'success' }] as const;
  const about = { subject: path, variant: unknownResourceSteps.atOnce };
  const submitted = await Promise.all(
    [1, 2].map(() => session.submit({ method: 'DELETE', url: path, operations, ...about })),
  );
  await settleAll(session, submitted);
};

export const unknownResource = defineScenario({
  name: 'unknown-resource',
  title: 'reads and writes a user and a group that was deleted',
  eachBinding: true,
  inputs: (facts, turn): Kind[] => [
    ...(['Users', ...(facts.capabilities.groups ? ['Groups'] : [])] as ('Users' | 'Groups')[]).flatMap((endpoint) =>
      methods
        .filter((method) => method !== 'PATCH' || facts.capabilities.patch)
        .flatMap((method) =>
          (method === 'GET' ? [false] : modesOf(turn)).map((asynchronous) => ({ endpoint, method, asynchronous })),
        ),
    ),
    ...(turn.binding === undefined
      ? []
      : [{ endpoint: 'Users', method: 'DELETE', asynchronous: true, isTwice: true } as const]),
  ],
  exercise: async ({ endpoint, method, asynchronous, isTwice = false }, session) => {
    if (isTwice) {
      await deleteTwice(session);
      return;
    }
    const { name, path, body: whole } = await deleted(session, endpoint);
    const body =
      method === 'PUT'
        ? whole
        : method === 'PATCH'
          ? { schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'displayName', value: 'Nobody' }] }
          : undefined;
    const request = { url: path, subject: name, variant: step(method), ...(body === undefined ? {} : { body }) };
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
