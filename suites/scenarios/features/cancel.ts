/** Cancels a large request, before any of it has run or when some has, beside another request (feature `cancel`). */
import { plainUser } from '../../generators/user.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { isObject, responseObject } from '../../trace/message.js';
import { step } from '../../trace/step.js';
import { defineScenario } from '../../definitions/scenario.js';

/** What follows the first DELETE, which itself has no step. */
export const cancelSteps = {
  /** The status right after the first DELETE. */
  afterCancel: step('after cancel'),
  /** Another DELETE when the request is completed. */
  whenCompleted: step('when completed'),
  /** The status after that one. */
  atTheEnd: step('at the end'),
};

/** Operations of the request to be cancelled: more of them where those before were all done when the DELETE came. */
const sizes = [120, 480] as const;

/** Operations of another request beside it. */
const otherSize = 4;

/** Looks at most until some operations are done, and milliseconds between them. */
const looks = { most: 100, pauseMs: 5 };

/** Stopped operations whose effect is looked for, from the first on: those may have been in work. */
const sample = 6;

/** Milliseconds in which what was in work may still take effect. */
const lateMs = 150;

const creates = (session: Session, count: number, mark: string): SubmitPlan =>
  bulkPlan(
    Array.from({ length: Math.min(count, session.facts.bulkRoom ?? count) }, (_, index) => {
      const userName = session.userName();
      const data = plainUser(userName);
      return {
        method: 'POST',
        path: '/Users',
        bulkId: `${mark}${index}`,
        expected: 'success',
        userName,
        data,
      } as const;
    }),
  );

/** Waits until some, but not all, of its operations are done. */
const untilSomeAreDone = async (session: Session, { submission }: Submitted): Promise<void> => {
  for (let look = 0; look < looks.most; look += 1) {
    const counts = responseObject(await session.look(submission, { isUrgent: true }))?.operationsCount;
    if (!isObject(counts) || (typeof counts.success === 'number' && counts.success > 0) || counts.pending === 0) return;
    await session.pause(looks.pauseMs);
  }
};

type When = 'at once' | 'when some operations are done';

/** Returns whether it was done before it could be cancelled, so that it takes a larger one to see anything. */
const cancelOne = async (session: Session, size: number, when: When): Promise<boolean> => {
  const plan = creates(session, size, 'b');
  const submitted = await session.submit(plan);
  const { submission } = submitted;
  if (!submission.accepted) return false;
  const other = await session.submit({ ...creates(session, otherSize, 'o'), isUrgent: true });
  if (when !== 'at once') await untilSomeAreDone(session, submitted);
  await session.look(submission, { method: 'DELETE', purpose: 'cancel', isUrgent: true });
  await session.look(submission, { variant: cancelSteps.afterCancel, isUrgent: true });
  const { results } = await session.settle(submitted);
  if (other.submission.accepted) await session.settle(other);
  const stopped = results.filter(({ status }) => Number(status) >= 400);
  const names = stopped.flatMap(({ index }) => plan.operations[index]?.userName ?? []);
  await session.pause(lateMs);
  for (const userName of new Set([...names.slice(0, sample), ...names.slice(-1)])) await session.find(userName);
  // Nothing is left to be cancelled, and nothing changes any more (LIFE-03).
  await session.look(submission, { method: 'DELETE', purpose: 'cancel', variant: cancelSteps.whenCompleted });
  await session.look(submission, { variant: cancelSteps.atTheEnd });
  // Whatever the DELETE was answered: a larger one tells whether it stops anything.
  return results.length > 0 && stopped.length === 0;
};

export const cancel = defineScenario({
  name: 'cancel',
  title: 'cancels a bulk request while it is pending',
  needs: { binding: 'request-mode', feature: 'cancel', capability: 'bulk' },
  inputs: (): readonly When[] => ['at once', 'when some operations are done'],
  exercise: async (when, session) => {
    for (const size of sizes) {
      if (!(await cancelOne(session, size, when))) return;
    }
  },
});
