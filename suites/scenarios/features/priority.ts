/**
 * Fills the queue with large bulk requests of low priority, and then submits small ones of high priority (feature
 * `priority`). All of them are read in turn until those of high priority are completed: only reads that come close after one
 * another show which request was completed first.
 */
import type { BulkOptions } from '../../../schemas/types.js';
import { defineScenario } from '../../definitions/scenario.js';
import type { Session, Submitted } from '../../session/session.js';
import { isObject, responseObject } from '../../trace/message.js';
import { step } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { bulkOptions, bulkPlan, createOperation } from '../building-blocks/bulk-plan.js';
import { settleAll } from '../building-blocks/settle-all.js';

export const prioritySteps = {
  /** A large bulk request of low priority. */
  low: step('low priority'),
  /** A small bulk request of high priority, submitted after all those of low priority. */
  high: step('high priority'),
};

/** Numbers of requests, and of operations of each: the larger ones follow if the provider was too fast for the smaller. */
const low = { requests: 6, sizes: [60, 240] } as const;
const high = { requests: 3, size: 1 } as const;

/** The largest number of rounds of reads, and the milliseconds between them: more and more, for a slow provider. */
const rounds = { most: 40, firstPauseMs: 2, growth: 1.25, longestPauseMs: 1000 };

const submitWith = (
  session: Session,
  priority: NonNullable<BulkOptions['priority']>,
  size: number,
  variant: (typeof prioritySteps)['low'],
): Promise<Submitted> => {
  const operations = Array.from({ length: size }, (_, index) => createOperation(`b${index}`, session.userName()));
  return session.submit({ ...bulkPlan(operations, bulkOptions({ priority })), variant, isUrgent: true });
};

const countsIn = (read: Answered): Readonly<Record<string, unknown>> => {
  const counts = responseObject(read)?.operationsCount;
  return isObject(counts) ? counts : {};
};

const readEach = (session: Session, requests: readonly Submitted[]): Promise<Answered[]> =>
  Promise.all(requests.map(({ submission }) => session.readStatus(submission, { isUrgent: true })));

/** Whether so few requests were waiting in full that it is unknown whether there was a queue. */
const isTooFast = (reads: readonly Answered[]): boolean =>
  reads.filter((read) => countsIn(read).pending === countsIn(read).total).length * 2 < reads.length;

/** Returns whether the provider was too fast. */
const compete = async (session: Session, size: number): Promise<boolean> => {
  const lows: Submitted[] = [];
  const highs: Submitted[] = [];
  for (let count = 0; count < low.requests; count += 1)
    lows.push(await submitWith(session, 'low', size, prioritySteps.low));
  for (let count = 0; count < high.requests; count += 1)
    highs.push(await submitWith(session, 'high', high.size, prioritySteps.high));
  const [waiting, urgent] = [lows, highs].map((each) => each.filter(({ submission }) => submission.accepted));
  if (waiting === undefined || urgent === undefined || waiting.length === 0 || urgent.length === 0) return false;
  const first = await readEach(session, waiting);
  let pause: number = rounds.firstPauseMs;
  for (let round = 0; round < rounds.most; round += 1) {
    const reads = await readEach(session, urgent);
    const others = await readEach(session, waiting);
    const isDone = (read: Answered): boolean => countsIn(read).pending === 0;
    if (reads.every(isDone) || others.every(isDone)) break;
    await session.pause(pause);
    pause = Math.min(pause * rounds.growth, rounds.longestPauseMs);
  }
  await settleAll(session, [...waiting, ...urgent]);
  return isTooFast(first);
};

export const priority = defineScenario({
  name: 'priority',
  title: 'submits bulk requests of high priority behind many of low priority',
  needs: { binding: 'request-mode', feature: 'priority', capability: 'bulk' },
  // Other requests would change what the workers have to do.
  alone: true,
  exercise: async (_input, session) => {
    for (const size of low.sizes) {
      const room = session.facts.bulkRoom ?? size;
      if (!(await compete(session, Math.min(size, room))) || room <= size) return;
    }
  },
});
