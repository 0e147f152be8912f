/** Submits passwords in requests that succeed and in requests that fail, to see whether an answer contains them. */
import fc from 'fast-check';
import { buildUser, passwords, userAttributes } from '../../generators/user.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { asyncCreate } from '../../session/async-create.js';
import type { Session, Submitted } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { settleAll } from '../building-blocks/settle-all.js';

export const passwordsScenario = defineScenario({
  name: 'passwords',
  title: 'submits passwords in requests that succeed and that fail',
  needs: { binding: 'request-mode' },
  inputs: () => fc.record({ user: userAttributes, password: passwords }),
  exercise: async ({ user, password }, session) => {
    const withPassword = (userName: string) => buildUser(userName, { ...user, password });
    const { userName: taken } = await createUser(session);
    const userName = session.userName();
    const submitted: Submitted[] = [];
    for (const [name, expected] of [
      [userName, 'success'],
      [taken, 'failure'],
    ] as const) {
      const operation = { method: 'POST', path: '/Users', expected, userName: name } as const;
      submitted.push(await session.submit(asyncCreate(name, { body: withPassword(name), operations: [operation] })));
    }
    await session.send({
      method: 'POST',
      url: '/Users',
      purpose: 'duplicate',
      body: withPassword(taken),
      subject: taken,
    });
    if (session.facts.capabilities.bulk) submitted.push(await submitInvalidBulk(session, withPassword));
    await settleAll(session, submitted);
  },
});

/** Submits a bulk request whose only operation lacks the userName. */
const submitInvalidBulk = (
  session: Session,
  withPassword: (userName: string) => Record<string, unknown>,
): Promise<Submitted> => {
  const { userName: none, ...invalid } = withPassword(session.userName());
  const create = { method: 'POST', path: '/Users', bulkId: 'b0', expected: 'failure', status: '400' } as const;
  return session.submit({ ...bulkPlan([{ ...create, data: invalid }]), subject: String(none) });
};
