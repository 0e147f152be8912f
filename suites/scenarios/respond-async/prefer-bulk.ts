/** Submits bulk requests with `Prefer: respond-async` that succeed, fail in part, or stop after an error. */
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { bulkPlan, createOperation, type BulkOperation } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';
import { followLocation } from './follow-location.js';

/** `true`: an operation that can succeed. */
const cases = {
  'one operation': { operations: [true] },
  'some fail': { operations: [true, false, true, true, false] },
  'failOnErrors 1': { operations: [false, true, true, true], failOnErrors: 1 },
} as const satisfies Record<string, { operations: readonly boolean[]; failOnErrors?: number }>;

type Case = keyof typeof cases;

const creates = (session: Session, operations: readonly boolean[]): BulkOperation[] =>
  operations.map((isValid, index) => createOperation(`b${index}`, session.userName(), isValid));

export const preferBulk = defineScenario({
  name: 'prefer-bulk',
  title: 'submits bulk requests with Prefer: respond-async',
  needs: { binding: 'respond-async', capability: 'bulk' },
  inputs: ({ bulkRoom = Infinity }): Case[] =>
    (Object.keys(cases) as Case[]).filter((name) => cases[name].operations.length < bulkRoom),
  exercise: async (name, session) => {
    const { operations, ...more } = cases[name];
    const written = creates(session, operations);
    // An operation with another method at the end shows whether the places are counted wrongly.
    if (name === 'some fail') {
      const { userName, path } = await createUser(session);
      written.push({ method: 'PUT', path, expected: 'success', data: plainUser(userName) });
    }
    const submitted = await session.submit({ ...bulkPlan(written, more), variant: step(name) });
    if (!submitted.submission.accepted) return;
    await session.settle(submitted);
    await followLocation(session, submitted);
  },
});
