/** Makes asynchronous writes that fail after some of their work may be done, and checks that they have no effect. */
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { createUser, type CreatedUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { readBack } from '../building-blocks/look-again.js';
import { step } from '../../trace/step.js';

export const failedEffectsSteps = {
  /** A synchronous create with the name of the write that failed. */
  afterwards: step('after the failure'),
};

interface Attempt {
  readonly plan: SubmitPlan;
  readonly endpoint: 'Users' | 'Groups';
  /** Name of the resource that must not exist afterwards. */
  readonly name?: string;
}

const write = (method: SubmitPlan['method'], path: string, body: unknown, subject: string): SubmitPlan => ({
  method,
  url: path,
  body,
  subject,
  operations: [{ method, path, expected: 'failure' }],
});

const unknownPath = '/Users/scimc-unknown-0b0e3a8a';

const attempts: Record<string, (session: Session, user: CreatedUser) => Attempt | Promise<Attempt>> = {
  'a replace with a userName that is taken': async (session, { path }) => {
    const { userName } = await createUser(session);
    return { endpoint: 'Users', plan: write('PUT', path, wordedUser(userName, session.word()), userName) };
  },
  'a create of a userName that is taken': (session, { userName }) => ({
    endpoint: 'Users',
    plan: write('POST', '/Users', wordedUser(userName, session.word()), userName),
  }),
  'a create with an attribute of the wrong type': (session) => {
    const name = session.userName();
    const body = { ...wordedUser(name, session.word()), emails: { value: 7 }, active: { is: 'no boolean' } };
    return { endpoint: 'Users', name, plan: write('POST', '/Users', body, name) };
  },
  'a create in a bulk request with an attribute of the wrong type': (session) => {
    const name = session.userName();
    const data = { ...wordedUser(name, session.word()), emails: { value: 7 }, active: { is: 'no boolean' } };
    const operation = { method: 'POST', path: '/Users', bulkId: 'u', expected: 'failure', data } as const;
    return { endpoint: 'Users', name, plan: bulkPlan([operation]) };
  },
  'a replace with an attribute of the wrong type': (session, { userName, path }) => ({
    endpoint: 'Users',
    plan: write(
      'PUT',
      path,
      { ...wordedUser(userName, session.word()), emails: { value: 7 }, active: { is: 'no boolean' } },
      userName,
    ),
  }),
  'a replace of a user that does not exist': (session) => {
    const name = session.userName();
    return { endpoint: 'Users', name, plan: write('PUT', unknownPath, wordedUser(name, session.word()), name) };
  },
  'a patch whose last operation cannot be applied': (session, { userName, path }) => {
    const { Operations, ...rest } = wordPatch(session.word());
    const last = { op: 'replace', path: 'noSuchAttribute[value eq ', value: 'x' };
    const body = { ...rest, Operations: [...(Operations as unknown[]), last] };
    return { endpoint: 'Users', plan: write('PATCH', path, body, userName) };
  },
  'a group in a bulk request with a member that is nowhere': (session) => {
    const name = session.groupName();
    const data = plainGroup(name, ['bulkId:nowhere']);
    const operation = { method: 'POST', path: '/Groups', bulkId: 'g', expected: 'failure', data } as const;
    return { endpoint: 'Groups', name, plan: bulkPlan([operation]) };
  },
};

export const failedEffects = defineScenario({
  name: 'failed-effects',
  title: 'searches for effects of asynchronous writes that fail',
  needs: { binding: 'any' },
  inputs: ({ capabilities }) =>
    Object.keys(attempts).filter(
      (kind) =>
        (capabilities.patch || !kind.startsWith('a patch')) &&
        (capabilities.groups || !kind.startsWith('a group')) &&
        (capabilities.bulk || !kind.includes('in a bulk request')),
    ),
  exercise: async (kind, session) => {
    const user = await createUser(session, (name) => wordedUser(name, session.word()));
    const attempt = await attempts[kind]?.(session, user);
    if (attempt === undefined) return;
    const submitted = await session.submit(attempt.plan);
    if (submitted.submission.accepted) await session.settle(submitted);
    await readBack(session, user.path);
    await session.find(attempt.name ?? user.userName, 'search', attempt.endpoint);
    if (attempt.endpoint === 'Groups' || attempt.name === undefined) return;
    // No user has the name, so a create with it has to succeed.
    const body = wordedUser(attempt.name, session.word());
    const about = {
      method: 'POST',
      url: '/Users',
      subject: attempt.name,
      variant: failedEffectsSteps.afterwards,
    } as const;
    await session.attempt({ ...about, purpose: 'create', body });
  },
});
