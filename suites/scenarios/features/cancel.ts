/**
 * Cancels a large request before or after its first operations have run, while another request runs (feature `cancel`). A
 * provider may run all creates at once: only of writes to one user it is certain that they run one after another (BULK-07).
 */
import type { OperationResult } from '../../bindings/binding.js';
import { plainUser } from '../../generators/user.js';
import { wordedUser } from '../../generators/worded.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { isObject, responseObject } from '../../trace/message.js';
import { pathOfResult } from '../building-blocks/look-again.js';
import { createUser } from '../building-blocks/create-user.js';
import { step } from '../../trace/step.js';
import { defineScenario } from '../../definitions/scenario.js';

/** The steps after the first DELETE, which itself has no step. */
export const cancelSteps = {
  /** A synchronous create with the name of an operation that was stopped. */
  createOfStopped: step('create of a stopped name'),
  /** The status right after the first DELETE. */
  afterCancel: step('after cancel'),
  /** A read of what operations of the cancelled request have written, by their results. */
  written: step('written'),
  /** Another DELETE when the request is completed. */
  whenCompleted: step('when completed'),
  /** The status after that one. */
  atTheEnd: step('at the end'),
};

/** Numbers of operations of the request to be cancelled: the larger one follows if all were done when the DELETE came. */
const sizes = [120, 480] as const;

/** Number of operations of the other request. */
const otherSize = 4;

/** The largest number of polls until some operations are done, and the milliseconds between them. */
const polls = { most: 100, pauseMs: 5 };

/** Number of stopped operations whose effect is searched for, from the first on: these may have been running. */
const sample = 6;

/** Number of operations reported as done whose resource is read: the first one, and these at the end, which may not have run. */
const lastOnes = 5;

/** Milliseconds in which an operation that was running may still take effect. */
const lateMs = 150;

type Results = readonly OperationResult[];

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

/** Replaces of one user, which have to run in this order. */
const replaces = async (session: Session, count: number): Promise<SubmitPlan> => {
  const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
  return bulkPlan(
    Array.from({ length: Math.min(count, session.facts.bulkRoom ?? count) }, (_, index) => {
      const data = wordedUser(userName, session.word());
      return { method: 'PUT', path, bulkId: `b${index}`, expected: 'success', data } as const;
    }),
  );
};

/** Waits until some, but not all, of its operations are done. */
const untilSomeAreDone = async (session: Session, { submission }: Submitted): Promise<void> => {
  for (let poll = 0; poll < polls.most; poll += 1) {
    const counts = responseObject(await session.readStatus(submission, { isUrgent: true }))?.operationsCount;
    if (!isObject(counts) || (typeof counts.success === 'number' && counts.success > 0) || counts.pending === 0) return;
    await session.pause(polls.pauseMs);
  }
};

/** Searches for the users of operations that were stopped: there must be none. */
const searchForStopped = async (session: Session, { operations }: SubmitPlan, stopped: Results): Promise<void> => {
  const names = stopped.flatMap(({ index }) => operations[index]?.userName ?? []);
  for (const userName of new Set([...names.slice(0, sample), ...names.slice(-1)])) await session.find(userName);
};

/** Creates a user whose create was stopped: nobody has the name. */
const createStopped = async (session: Session, { operations }: SubmitPlan, stopped: Results): Promise<void> => {
  const userName = operations[stopped.at(-1)?.index ?? -1]?.userName;
  if (userName === undefined) return;
  const about = { purpose: 'create', subject: userName, variant: cancelSteps.createOfStopped } as const;
  await session.attempt({ method: 'POST', url: '/Users', ...about, body: plainUser(userName) });
};

/** Reads what operations that are reported as done have written. */
const readDone = async (session: Session, { operations }: SubmitPlan, done: Results): Promise<void> => {
  const variant = cancelSteps.written;
  const paths = new Set<string>();
  for (const result of new Set([...done.slice(0, 1), ...done.slice(-lastOnes)])) {
    const { method, path: written, userName } = operations[result.index] ?? {};
    const path = method === 'POST' ? pathOfResult(session, result) : written;
    if (path !== undefined && paths.has(path)) continue;
    if (path !== undefined) paths.add(path);
    const about = { purpose: 'read', variant, ...(userName === undefined ? {} : { subject: userName }) } as const;
    const read = path === undefined ? undefined : await session.attempt({ method: 'GET', url: path, ...about });
    if (userName !== undefined && read?.response?.status !== 200) await session.find(userName);
  }
};

const whens = {
  'at once': { isAtOnce: true, isOfOneUser: false },
  'when some operations are done': { isAtOnce: false, isOfOneUser: false },
  'writes to one user, at once': { isAtOnce: true, isOfOneUser: true },
  'writes to one user, when some operations are done': { isAtOnce: false, isOfOneUser: true },
} as const;

type When = keyof typeof whens;

/** Returns whether the request was done before the cancel could stop anything: then a larger request is needed. */
const cancelOne = async (session: Session, size: number, when: When): Promise<boolean> => {
  const { isAtOnce, isOfOneUser } = whens[when];
  const plan = isOfOneUser ? await replaces(session, size) : creates(session, size, 'b');
  const submitted = await session.submit(plan);
  const { submission } = submitted;
  if (!submission.accepted) return false;
  const other = await session.submit({ ...creates(session, otherSize, 'o'), isUrgent: true });
  if (!isAtOnce) await untilSomeAreDone(session, submitted);
  await session.readStatus(submission, { method: 'DELETE', purpose: 'cancel', isUrgent: true });
  const next = await session.submit({ ...creates(session, otherSize, 'n'), isUrgent: true });
  await session.readStatus(submission, { variant: cancelSteps.afterCancel, isUrgent: true });
  const { results } = await session.settle(submitted);
  for (const another of [other, next]) if (another.submission.accepted) await session.settle(another);
  const stopped = results.filter(({ status }) => Number(status) >= 400);
  await session.pause(lateMs);
  await searchForStopped(session, plan, stopped);
  await createStopped(session, plan, stopped);
  await readDone(
    session,
    plan,
    results.filter((result) => !stopped.includes(result)),
  );
  // A late cancel must not change a completed status (LIFE-03).
  await session.readStatus(submission, { method: 'DELETE', purpose: 'cancel', variant: cancelSteps.whenCompleted });
  await session.readStatus(submission, { variant: cancelSteps.atTheEnd });
  // Even if the DELETE was answered with success, only a larger request shows whether it stops anything.
  return results.length > 0 && stopped.length === 0;
};

export const cancel = defineScenario({
  name: 'cancel',
  title: 'cancels a bulk request while it is pending',
  needs: { binding: 'request-mode', feature: 'cancel', capability: 'bulk' },
  inputs: () => Object.keys(whens) as When[],
  exercise: async (when, session) => {
    for (const size of sizes) {
      if (!(await cancelOne(session, size, when))) return;
    }
  },
});
