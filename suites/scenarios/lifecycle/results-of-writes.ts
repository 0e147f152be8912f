/**
 * Writes users asynchronously, alone and in a bulk request, and reads each one right after its result, while nothing else
 * writes it: the result has to tell the location and the version that the read shows.
 */
import { wordedUser, wordPatch } from '../../generators/worded.js';
import type { SubmittedOperation } from '../../../schemas/types.js';
import type { OperationResult } from '../../bindings/binding.js';
import { resolveLocation } from '../../bindings/locations.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';
import { bulkPlan, type BulkOperation } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';

export const resultsOfWritesSteps = {
  /** A read of a user at the location of its result, or at its own URL if it was there before. */
  afterResult: step('after the result'),
  /** A search for a user that was created. */
  search: step('search for what was created'),
};

const { afterResult } = resultsOfWritesSteps;

/** Reads what an operation wrote; a created user is searched for, too, because its location may lead nowhere. */
const readWritten = async (
  session: Session,
  { method, path, userName }: SubmittedOperation,
  { location }: Partial<OperationResult> = {},
): Promise<void> => {
  const own = `${session.facts.baseUrl}${path}`;
  const url = method === 'POST' ? location && resolveLocation(location, own) : own;
  const about = {
    purpose: 'read',
    variant: afterResult,
    ...(userName === undefined ? {} : { subject: userName }),
  } as const;
  if (url !== undefined) await session.attempt({ method: 'GET', url, ...about });
  if (method === 'POST' && userName !== undefined) await session.find(userName);
};

const complete = async (session: Session, plan: SubmitPlan): Promise<void> => {
  const submitted = await session.submit(plan);
  if (!submitted.submission.accepted) return;
  const { results } = await session.settle(submitted);
  for (const [index, operation] of plan.operations.entries())
    await readWritten(
      session,
      operation,
      results.find((result) => result.index === index),
    );
};

const kinds = {
  create: async (session) => {
    const userName = session.userName();
    await complete(session, asyncCreate(userName, { body: wordedUser(userName, session.word()) }));
  },
  change: async (session) => {
    const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
    const change = (method: SubmitPlan['method'], body?: unknown): Promise<void> =>
      complete(session, {
        method,
        url: path,
        subject: userName,
        ...(body === undefined ? {} : { body }),
        operations: [{ method, path, expected: 'success' }],
      });
    await change('PUT', wordedUser(userName, session.word()));
    if (session.facts.capabilities.patch) await change('PATCH', wordPatch(session.word()));
    await change('DELETE');
  },
  bulk: async (session) => {
    const create = (bulkId: string): BulkOperation => {
      const userName = session.userName();
      const data = wordedUser(userName, session.word());
      return { method: 'POST', path: '/Users', bulkId, expected: 'success', userName, data };
    };
    const replaced = await createUser(session, (name) => wordedUser(name, session.word()));
    const data = wordedUser(replaced.userName, session.word());
    const { path } = await createUser(session);
    await complete(
      session,
      bulkPlan([
        create('a'),
        { method: 'PUT', path: replaced.path, expected: 'success', data },
        { method: 'DELETE', path, expected: 'success' },
        create('b'),
      ]),
    );
  },
} satisfies Record<string, (session: Session) => Promise<void>>;

type Kind = keyof typeof kinds;

/** Operations of the bulk request. */
const bulkSize = 4;

export const resultsOfWrites = defineScenario({
  name: 'results-of-writes',
  title: 'compares the results of asynchronous writes with the users that they wrote',
  needs: { binding: 'any' },
  inputs: ({ capabilities, bulkRoom = Infinity }): Kind[] => [
    'create',
    'change',
    ...(capabilities.bulk && bulkRoom >= bulkSize ? (['bulk'] as const) : []),
  ],
  exercise: (kind, session) => kinds[kind](session),
});
