/** Cancels a large request, before any of it has run or when some has, beside another request (feature `cancel`). */
import { plainUser } from '../../generators/user.js';
import { bulkPlan } from '../bulk/bulk-plan.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { isObject, responseObject } from '../../trace/message.js';
import { defineScenario } from '../scenario.js';

/** Operations: so many that some have not run when the DELETE comes, and a few of another request. */
const size = { cancelled: 120, other: 4 };

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
    const counts = responseObject(await session.look(submission))?.operationsCount;
    if (!isObject(counts) || Number(counts.success) > 0 || counts.pending === 0) return;
    await session.pause(looks.pauseMs);
  }
};

export const cancel = defineScenario({
  name: 'cancel',
  title: 'cancels a bulk request while it is pending',
  needs: { binding: 'request-mode', feature: 'cancel', capability: 'bulk' },
  inputs: () => ['at once', 'when some operations are done'] as const,
  exercise: async (when, session) => {
    const plan = creates(session, size.cancelled, 'b');
    const submitted = await session.submit(plan);
    const { submission } = submitted;
    if (!submission.accepted) return;
    const other = await session.submit(creates(session, size.other, 'o'));
    if (when !== 'at once') await untilSomeAreDone(session, submitted);
    await session.look(submission, { method: 'DELETE', purpose: 'cancel' });
    await session.look(submission, { variant: 'after cancel' });
    const { results } = await session.settle(submitted);
    if (other.submission.accepted) await session.settle(other);
    const stopped = results.filter(({ status }) => Number(status) >= 400);
    const names = stopped.flatMap(({ index }) => plan.operations[index]?.userName ?? []);
    await session.pause(lateMs);
    for (const userName of new Set([...names.slice(0, sample), ...names.slice(-1)])) await session.find(userName);
    // Nothing is left to be cancelled, and nothing changes any more (LIFE-03).
    await session.look(submission, { method: 'DELETE', purpose: 'cancel', variant: 'when completed' });
    await session.look(submission, { variant: 'at the end' });
  },
});
