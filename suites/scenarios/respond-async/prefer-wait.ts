/** Sends the preference with `wait` (RFC 7240 §4.3): a write that is done within the wait should be answered normally. */
import { header, respondAsync } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { createUser } from '../building-blocks/create-user.js';
import { asyncCreate } from '../../session/async-create.js';
import { step } from '../../trace/step.js';
import { defineScenario } from '../../definitions/scenario.js';

export const preferWaitSteps = {
  /** A write whose client waits `waitSeconds` for the normal answer. */
  waiting: step('wait'),
};

/** Much longer than one write takes, and shorter than the timeout of an exchange. */
export const waitSeconds = 4;

export const preferWait = defineScenario({
  name: 'prefer-wait',
  title: `asks for an asynchronous answer after ${waitSeconds} s`,
  needs: { binding: 'respond-async' },
  // Other requests could make the write slower.
  alone: true,
  inputs: () => ['POST', 'PUT'] as const,
  exercise: async (method, session) => {
    // Preferences have no order (RFC 7240 §2).
    const wait = `wait=${waitSeconds}`;
    const value = method === 'POST' ? [respondAsync, wait] : [wait, respondAsync];
    const asking: [string, string][] = [[header.prefer, value.join(', ')]];
    const about = { asking, variant: preferWaitSteps.waiting };
    if (method === 'POST') {
      const submitted = await session.submit(asyncCreate(session.userName(), about));
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
