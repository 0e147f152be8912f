/**
 * Several clients write and read a few users at the same time: asynchronous and synchronous writes, bulk requests, creates
 * that cannot succeed, reads and polls at any moment. The judges read the trace as a history.
 */
import { urn } from '../../../schemas/names.js';
import type { SubmittedOperation } from '../../../schemas/types.js';
import { interleavings, type Step } from '../../generators/interleaving.js';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { createUser, type CreatedUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { readBack, searchFor } from '../building-blocks/look-again.js';

/** The state that the clients of one exercise share. */
interface Shared {
  readonly session: Session;
  readonly users: readonly CreatedUser[];
  readonly settling: Promise<unknown>[];
  readonly created: { readonly name: string; readonly endpoint: 'Users' | 'Groups' }[];
}

const submitAndSettle = async ({ session, settling }: Shared, plan: SubmitPlan, wait: boolean): Promise<Submitted> => {
  const submitted = await session.submit(plan);
  if (submitted.submission.accepted) {
    const settled = session.settle(submitted);
    // A rejection is handled later, when all requests are awaited.
    settled.catch(() => undefined);
    settling.push(settled);
    if (wait) await settled;
  }
  return submitted;
};

const writeUser = async (shared: Shared, step: Step & { do: 'write' }): Promise<Submitted | undefined> => {
  const { session, users } = shared;
  const user = users[step.user];
  if (user === undefined) return undefined;
  const { method } = step;
  const body =
    method === 'PUT'
      ? { body: wordedUser(user.userName, session.word()) }
      : method === 'PATCH'
        ? { body: wordPatch(session.word()) }
        : {};
  const about = { method, url: user.path, subject: user.userName, ...body };
  if (step.mode === 'asynchronous') {
    const operations: SubmittedOperation[] = [{ method, path: user.path, expected: 'success' }];
    return submitAndSettle(shared, { ...about, operations }, step.wait);
  }
  const purpose = method === 'PUT' ? 'replace' : method === 'PATCH' ? 'patch' : 'delete';
  await session.attempt({ ...about, purpose });
  return undefined;
};

const createOne = async (shared: Shared, step: Step & { do: 'create' | 'create-group' }): Promise<Submitted> => {
  const { session, users, created } = shared;
  if (step.do === 'create-group') {
    const name = session.groupName();
    created.push({ name, endpoint: 'Groups' });
    const operations: SubmittedOperation[] = [{ method: 'POST', path: '/Groups', expected: 'success', userName: name }];
    const plan = { method: 'POST', url: '/Groups', subject: name, body: plainGroup(name), operations } as const;
    return submitAndSettle(shared, plan, step.wait);
  }
  const userName = (step.taken ? users[0]?.userName : undefined) ?? session.userName();
  if (!step.taken) created.push({ name: userName, endpoint: 'Users' });
  const operations: SubmittedOperation[] = [
    { method: 'POST', path: '/Users', expected: step.taken ? 'failure' : 'success', userName },
  ];
  const body = wordedUser(userName, session.word());
  return submitAndSettle(shared, { method: 'POST', url: '/Users', subject: userName, body, operations }, step.wait);
};

const writeInBulk = (shared: Shared, step: Step & { do: 'bulk' }): Promise<Submitted> => {
  const { session, users } = shared;
  const written = step.users.flatMap((index) => users[index] ?? []);
  const plan: SubmitPlan = {
    method: 'POST',
    url: '/Bulk',
    shape: 'bulk',
    body: {
      schemas: [urn.bulkRequest],
      // With a bulkId, so that a result at a wrong place (BULK-06) can still be matched with its operation.
      Operations: written.map(({ path, userName }, index) => ({
        method: 'PUT',
        path,
        bulkId: `i${index}`,
        data: wordedUser(userName, session.word()),
      })),
    },
    operations: written.map(({ path }, index) => ({ method: 'PUT', path, bulkId: `i${index}`, expected: 'success' })),
  };
  return submitAndSettle(shared, plan, step.wait);
};

const runClient = async (shared: Shared, steps: readonly Step[]): Promise<void> => {
  const { session, users } = shared;
  let last: Submitted | undefined;
  for (const step of steps) {
    switch (step.do) {
      case 'write':
        last = (await writeUser(shared, step)) ?? last;
        break;
      case 'create':
      case 'create-group':
        last = await createOne(shared, step);
        break;
      case 'bulk':
        last = await writeInBulk(shared, step);
        break;
      case 'read': {
        const path = users[step.user]?.path;
        if (path !== undefined) await session.attempt({ method: 'GET', url: path, purpose: 'read', subject: path });
        break;
      }
      case 'poll':
        if (last?.submission.location !== undefined) await session.readStatus(last.submission);
    }
  }
};

export const interleaving = defineScenario({
  name: 'interleaving',
  title: 'lets several clients write and read a few users at a time',
  needs: { binding: 'any' },
  inputs: ({ capabilities }) => interleavings(capabilities),
  exercise: async (plan, session) => {
    const users: CreatedUser[] = [];
    for (let index = 0; index < plan.users; index += 1) {
      users.push(await createUser(session, (name) => wordedUser(name, session.word())));
    }
    const shared: Shared = { session, users, settling: [], created: [] };
    await Promise.all(plan.clients.map((steps) => runClient(shared, steps)));
    await Promise.all(shared.settling);
    for (const { path } of users) await readBack(session, path, 'at the end');
    for (const { name, endpoint } of shared.created) await searchFor(session, name, 1, endpoint);
  },
});
