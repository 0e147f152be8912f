/**
 * Reads a status, and the resource that is written, as close together as the target permits: some defects show for a few
 * hundredths of a second only, while a request is processed and just after its completion.
 */
import { wordedUser, wordPatch } from '../../generators/worded.js';
import { allEnded } from '../../concurrency/all-ended.js';
import { asyncCreate } from '../../session/async-create.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { isObject, responseObject } from '../../trace/message.js';
import { defineScenario } from '../../definitions/scenario.js';
import { bulkPlan, createOperation } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { pathOfResult, readBack } from '../building-blocks/look-again.js';
import { watchResource } from '../building-blocks/watch-resource.js';
import { readWhileProcessingSteps } from './read-while-processing.js';

/** Milliseconds between two reads of the same thing. */
const pauseMs = 5;

/** The largest numbers of reads: a sample has to be small (profile §7, clarification 11). */
const most = { whilePending: 60, afterwards: 16, ofTheUser: 80 };

/** Operations of the bulk request: so many that their counts are seen to change. */
const bulkSize = 24;

/** Whether a read shows a status that is not completed. */
const isPending = (status: unknown): boolean => isObject(status) && status.completed === false;

/** Reads the status until it is completed, and some more times: a completed one must not change again. */
const watchStatus = async (session: Session, { submission }: Submitted): Promise<void> => {
  if (submission.binding !== 'request-mode' || submission.location === undefined) return;
  let afterwards = 0;
  for (let reads = 0; reads < most.whilePending + most.afterwards && afterwards < most.afterwards; reads += 1) {
    const answer = await session.readStatus(submission);
    if (afterwards > 0 || !isPending(responseObject(answer)?.status)) afterwards += 1;
    else if (reads >= most.whilePending) return;
    await session.pause(pauseMs);
  }
};

/** Submits, and looks closely; `path` is that of the user that is written, if it exists before. */
const lookClosely = async (session: Session, plan: SubmitPlan, path: string | undefined): Promise<void> => {
  const submitted = await session.submit(plan);
  if (!submitted.submission.accepted) return;
  const over = new AbortController();
  const variant = readWhileProcessingSteps.during;
  const settle = async (): Promise<void> => {
    try {
      const { results } = await session.settleWhenDone(submitted);
      const written = path ?? pathOfResult(session, results[0]);
      if (written !== undefined) await readBack(session, written);
    } finally {
      over.abort();
    }
  };
  await allEnded([
    settle(),
    watchStatus(session, submitted),
    ...(path === undefined
      ? []
      : [watchResource(session, path, { variant, most: most.ofTheUser, pauseMs, over: over.signal })]),
  ]);
  if (path !== undefined) await readBack(session, path);
};

const bulkOf = (session: Session): SubmitPlan =>
  bulkPlan(
    Array.from({ length: Math.min(bulkSize, session.facts.bulkRoom ?? bulkSize) }, (_, index) =>
      // The second one fails, so that two counts rise.
      createOperation(`b${index}`, session.userName(), index !== 1),
    ),
  );

type Kind = 'create' | 'PUT' | 'PATCH' | 'bulk';

export const closeLooks = defineScenario({
  name: 'close-looks',
  title: 'reads a status, and what is written, as close together as the target permits',
  needs: { binding: 'any' },
  // With other requests beside them, the reads would be further apart.
  alone: true,
  inputs: ({ capabilities }): Kind[] => [
    'create',
    'PUT',
    ...(capabilities.patch ? (['PATCH'] as const) : []),
    ...(capabilities.bulk ? (['bulk'] as const) : []),
  ],
  exercise: async (kind, session) => {
    if (kind === 'bulk') {
      await lookClosely(session, bulkOf(session), undefined);
      return;
    }
    if (kind === 'create') {
      const name = session.userName();
      await lookClosely(session, asyncCreate(name, { body: wordedUser(name, session.word()) }), undefined);
      return;
    }
    const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
    const word = session.word();
    const body = kind === 'PUT' ? wordedUser(userName, word) : wordPatch(word);
    const operation = { method: kind, path, expected: 'success' } as const;
    await lookClosely(session, { method: kind, url: path, subject: userName, body, operations: [operation] }, path);
  },
});
