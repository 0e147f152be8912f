/** Writes users whose userName is taken: by an earlier user, or by one that is created at the same time. */
import { plainUser } from '../../generators/user.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { createUser } from '../building-blocks/create-user.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario, modesOf } from '../../definitions/scenario.js';
import { step, type Step } from '../../trace/step.js';

export const duplicateUserSteps = {
  create: step('a create'),
  createInCapitals: step('a create in capitals'),
  /** A PUT that gives one user the userName of another. */
  replace: step('a replace'),
  /** Creates of one new userName at the same time. */
  together: step('together'),
};

/** How many creates of one userName are sent at the same time. */
const rivals = 4;

const submitAndSettle = async (session: Session, plan: SubmitPlan): Promise<void> => {
  const submitted = await session.submit(plan);
  if (submitted.submission.accepted) await session.settle(submitted);
};

const ways = {
  synchronous: ['a create', 'a create in capitals', 'a replace'],
  asynchronous: ['a create', 'creates at a time'],
} as const;

const stepOf: Readonly<Record<(typeof ways)[keyof typeof ways][number], Step>> = {
  'a create': duplicateUserSteps.create,
  'a create in capitals': duplicateUserSteps.createInCapitals,
  'a replace': duplicateUserSteps.replace,
  'creates at a time': duplicateUserSteps.together,
};

export const duplicateUser = defineScenario({
  name: 'duplicate-user',
  title: 'writes a userName that another user has',
  eachBinding: true,
  inputs: (_facts, turn) =>
    modesOf(turn).flatMap((asynchronous) =>
      ways[asynchronous ? 'asynchronous' : 'synchronous'].map((way) => ({ way, asynchronous })),
    ),
  exercise: async ({ way, asynchronous }, session) => {
    if (way === 'creates at a time') {
      const plan = asyncCreate(session.userName(), { variant: stepOf[way] });
      await Promise.all(Array.from({ length: rivals }, () => submitAndSettle(session, plan)));
      return;
    }
    const { userName: taken } = await createUser(session);
    // userName is compared without regard to case (RFC 7643 §4.1.1).
    const userName = way === 'a create in capitals' ? taken.toUpperCase() : taken;
    const body = plainUser(userName);
    const about = { purpose: 'duplicate', subject: taken, variant: stepOf[way], body } as const;
    if (asynchronous && session.binding !== undefined) {
      await submitAndSettle(session, {
        ...about,
        method: 'POST',
        url: '/Users',
        operations: [{ method: 'POST', path: '/Users', expected: 'failure', status: '409' }],
      });
      return;
    }
    const other = way === 'a replace' ? await createUser(session) : undefined;
    const request = other === undefined ? { method: 'POST', url: '/Users' } : { method: 'PUT', url: other.url };
    await session.send({ ...about, ...request });
  },
});
