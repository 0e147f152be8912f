/** Creates, replaces, patches and deletes a user with `Prefer: respond-async`, and fetches the result of each. */
import { plainUser } from '../../generators/user.js';
import { wordPatch } from '../../generators/worded.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { step } from '../../trace/step.js';
import { createUser } from '../building-blocks/create-user.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { followLocation } from './follow-location.js';

const ways = ['POST', 'PUT', 'PATCH', 'DELETE', 'POST of what is there'] as const;

type Way = (typeof ways)[number];

const planFor = async (way: Way, session: Session): Promise<SubmitPlan> => {
  if (way === 'POST') return asyncCreate(session.userName());
  const { userName, path } = await createUser(session);
  if (way === 'POST of what is there') {
    const operation = { method: 'POST', path: '/Users', expected: 'failure', status: '409' } as const;
    return asyncCreate(userName, { variant: preferWriteSteps.duplicate, operations: [operation] });
  }
  const body = way === 'PUT' ? plainUser(userName) : way === 'PATCH' ? wordPatch(session.word()) : undefined;
  return {
    method: way,
    url: path,
    subject: userName,
    ...(body === undefined ? {} : { body }),
    operations: [{ method: way, path, expected: 'success' }],
  };
};

export const preferWriteSteps = {
  /** A create of a user that already exists, which fails. */
  duplicate: step('POST of what is there'),
};

export const preferWrite = defineScenario({
  name: 'prefer-write',
  title: 'writes with Prefer: respond-async, and fetches the result',
  needs: { binding: 'respond-async' },
  inputs: ({ capabilities }) => ways.filter((way) => way !== 'PATCH' || capabilities.patch),
  exercise: async (way, session) => {
    const submitted = await session.submit(await planFor(way, session));
    if (!submitted.submission.accepted) return;
    await session.settle(submitted);
    await followLocation(session, submitted);
  },
});
