/** Creates users whose userName is taken: by an earlier one, or by another that is created at the same time. */
import { plainUser } from '../../generators/user.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { createUser } from '../create-user.js';
import { asyncCreate } from '../request-mode/async-user.js';
import { defineScenario, modesOf } from '../scenario.js';

/** Creates of one userName at a time. */
const rivals = 4;

const submitAndSettle = async (session: Session, plan: SubmitPlan): Promise<void> => {
  const submitted = await session.submit(plan);
  if (submitted.submission.accepted) await session.settle(submitted);
};

export const duplicateUser = defineScenario({
  name: 'duplicate-user',
  title: 'creates a user whose userName is taken',
  inputs: (facts) =>
    modesOf(facts).flatMap((asynchronous) => [
      { asynchronous, together: false },
      ...(asynchronous ? [{ asynchronous, together: true }] : []),
    ]),
  exercise: async ({ asynchronous, together }, session) => {
    if (together) {
      const userName = session.userName();
      const plan = asyncCreate(userName, { variant: 'together' });
      await Promise.all(Array.from({ length: rivals }, () => submitAndSettle(session, plan)));
      await session.find(userName);
      return;
    }
    const { userName } = await createUser(session);
    const body = plainUser(userName);
    if (asynchronous && session.binding !== undefined) {
      await submitAndSettle(session, {
        method: 'POST',
        url: '/Users',
        purpose: 'duplicate',
        subject: userName,
        body,
        operations: [{ method: 'POST', path: '/Users', expected: 'failure', status: '409' }],
      });
      return;
    }
    await session.send({ method: 'POST', url: '/Users', purpose: 'duplicate', subject: userName, body });
  },
});
