/** Sends the preference with `wait` (RFC 7240 §4.3): a write that is done within the wait should be answered normally. */
import { header, respondAsync } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { createUser } from '../building-blocks/create-user.js';
import { asyncCreate } from '../../session/async-create.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { step } from '../../trace/step.js';
import { defineScenario } from '../../definitions/scenario.js';

export const preferWaitSteps = {
  /** A write whose client waits `waitSeconds` for the normal answer. */
  waiting: step('wait'),
};

/** Much longer than one write takes, and shorter than the timeout of an exchange. */
export const waitSeconds = 4;

/** A create of a userName that another user has: it has to fail, within the wait as well as without it. */
const duplicate = async (session: Session): Promise<SubmitPlan> => {
  const { userName } = await createUser(session);
  const operation = { method: 'POST', path: '/Users', expected: 'failure', status: '409' } as const;
  return asyncCreate(userName, { purpose: 'duplicate', operations: [operation] });
};

export const preferWait = defineScenario({
  name: 'prefer-wait',
  title: `asks for an asynchronous answer after ${waitSeconds} s`,
  needs: { binding: 'respond-async' },
  // Other requests could make the write slower.
  alone: true,
  inputs: () => ['POST', 'PUT', 'a taken userName'] as const,
  exercise: async (way, session) => {
    const method = way === 'PUT' ? 'PUT' : 'POST';
    // Preferences have no order (RFC 7240 §2).
    const wait = `wait=${waitSeconds}`;
    const value = method === 'POST' ? [respondAsync, wait] : [wait, respondAsync];
    const asking: [string, string][] = [[header.prefer, value.join(', ')]];
    const about = { asking, variant: preferWaitSteps.waiting };
    if (method === 'POST') {
      const plan =
        way === 'POST' ? asyncCreate(session.userName(), about) : { ...(await duplicate(session)), ...about };
      const submitted = await session.submit(plan);
      if (submitted.submission.accepted) await session.settle(submitted);
      return;
    }
    const { userName, path } = await createUser(session);
    const operation = { method, path, expected: 'success' } as const;
    const body = plainUser(userName);
    const submitted = await session.submit({ ...about, method, url: path, body, operations: [operation] });
    if (submitted.submission.accepted) await session.settle(submitted);
  },
});
