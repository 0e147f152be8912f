/**
 * Restarts the provider while requests are under way (feature `checkpoint`), follows them to their ends, and looks for the
 * effect of each of their operations.
 */
import { inParallel } from '../../concurrency/in-parallel.js';
import { defineScenario } from '../../definitions/scenario.js';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import { asyncCreate } from '../../session/async-create.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { isObject, responseObject } from '../../trace/message.js';
import { step, stepFamily, type Step } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { bulkPlan, createOperation, type BulkOperation } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { settleAll } from '../building-blocks/settle-all.js';

export const restartSteps = {
  /** A read of the status of a request before the restart: the last one is the last look. */
  before: step('before the restart'),
  /** The first read of the status of a request after the restart. */
  afterwards: step('after the restart'),
  /** A read of a user to whose names an operation has written this word. */
  written: stepFamily('written: '),
};

/** Operations of each bulk request. The larger ones follow if the provider was too fast for the smaller. */
const rounds = [
  [60, 20, 60],
  [240, 60, 240],
] as const;

/** Numbers of single requests: with the bulk requests, and in place of them. */
const singles = { beside: 4, instead: 30 } as const;

/** The largest number of looks before the restart, and the milliseconds between them: more and more, for a slow provider. */
const looks = { most: 40, firstPauseMs: 2, growth: 1.25, longestPauseMs: 1000 };

/** Exchanges at a time. */
const atATime = 8;

/** What an operation writes: a resource of this name, or this word into the names of the resource at a path. */
type Effect =
  { readonly name: string; readonly endpoint: 'Users' | 'Groups' } | { readonly path: string; readonly word: string };

interface Planned<Request> {
  readonly request: Request;
  readonly effects: readonly Effect[];
}

const createOf = (session: Session, bulkId: string): Planned<BulkOperation> => {
  const name = session.userName();
  return { request: createOperation(bulkId, name), effects: [{ name, endpoint: 'Users' }] };
};

const createOfGroup = (session: Session, bulkId: string): Planned<BulkOperation> => {
  const name = session.groupName();
  const request = { method: 'POST', path: '/Groups', bulkId, expected: 'success', data: plainGroup(name) } as const;
  return { request, effects: [{ name, endpoint: 'Groups' }] };
};

/** A write to a new user of its own. */
const changeOf = async (session: Session, bulkId: string, method: 'PUT' | 'PATCH'): Promise<Planned<BulkOperation>> => {
  const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
  const word = session.word();
  const data = method === 'PUT' ? wordedUser(userName, word) : wordPatch(word);
  return { request: { method, path, bulkId, expected: 'success', data }, effects: [{ path, word }] };
};

/** Most operations create users; the others are among them. */
const operationOf = (session: Session, place: number): Planned<BulkOperation> | Promise<Planned<BulkOperation>> => {
  const { patch, groups } = session.facts.capabilities;
  const bulkId = `b${place}`;
  if (place % 10 === 2) return changeOf(session, bulkId, 'PUT');
  if (place % 10 === 5 && patch) return changeOf(session, bulkId, 'PATCH');
  return place % 10 === 8 && groups ? createOfGroup(session, bulkId) : createOf(session, bulkId);
};

const bulkOf = async (session: Session, size: number): Promise<Planned<SubmitPlan>> => {
  const operations: Planned<BulkOperation>[] = [];
  for (let place = 0; place < Math.min(size, session.facts.bulkRoom ?? size); place += 1)
    operations.push(await operationOf(session, place));
  return {
    request: bulkPlan(operations.map(({ request }) => request)),
    effects: operations.flatMap(({ effects }) => effects),
  };
};

const singleOf = (session: Session): Planned<SubmitPlan> => {
  const name = session.userName();
  return { request: asyncCreate(name), effects: [{ name, endpoint: 'Users' }] };
};

const planOf = async (session: Session, sizes: readonly number[]): Promise<Planned<SubmitPlan>[]> => {
  const { bulk } = session.facts.capabilities;
  const bulks: Planned<SubmitPlan>[] = [];
  for (const size of bulk ? sizes : []) bulks.push(await bulkOf(session, size));
  const count = bulk ? singles.beside : singles.instead;
  return [...bulks, ...Array.from({ length: count }, () => singleOf(session))];
};

const readEach = (session: Session, requests: readonly Submitted[], variant: Step): Promise<Answered[]> =>
  Promise.all(
    requests.map(({ submission }) =>
      session.readStatus(submission, { variant, isUrgent: variant === restartSteps.before }),
    ),
  );

const countIn = (read: Answered, name: 'pending' | 'success'): number => {
  const counts = responseObject(read)?.operationsCount;
  const count = isObject(counts) ? counts[name] : undefined;
  return typeof count === 'number' ? count : 0;
};

/** Waits until something is done. Returns whether something is pending then. */
const isInterruptible = async (session: Session, requests: readonly Submitted[]): Promise<boolean> => {
  let pause: number = looks.firstPauseMs;
  for (let look = 0; look < looks.most; look += 1) {
    const reads = await readEach(session, requests, restartSteps.before);
    if (!reads.some((read) => countIn(read, 'pending') > 0)) return false;
    if (reads.some((read) => countIn(read, 'success') > 0)) return true;
    await session.pause(pause);
    pause = Math.min(pause * looks.growth, looks.longestPauseMs);
  }
  return true;
};

const lookFor = async (session: Session, effect: Effect): Promise<void> => {
  if ('name' in effect) await session.find(effect.name, 'search', effect.endpoint);
  else {
    const { path: url, word } = effect;
    const variant = restartSteps.written.of(word);
    await session.attempt({ method: 'GET', url, purpose: 'read', subject: url, variant });
  }
};

/** Returns whether the provider was restarted: it is not if nothing was pending any more. */
const interrupt = async (session: Session, sizes: readonly number[]): Promise<boolean> => {
  const planned = await planOf(session, sizes);
  const submitted: Submitted[] = [];
  for (const { request } of planned) submitted.push(await session.submit({ ...request, isUrgent: true }));
  const accepted = submitted.filter(({ submission }) => submission.accepted);
  const isPending = accepted.length > 0 && (await isInterruptible(session, accepted));
  if (isPending) {
    await session.restart();
    await readEach(session, accepted, restartSteps.afterwards);
  }
  await settleAll(session, accepted);
  if (!isPending) return false;
  await inParallel(
    planned.flatMap(({ effects }) => effects),
    atATime,
    (effect) => lookFor(session, effect),
  );
  return true;
};

export const restart = defineScenario({
  name: 'restart',
  title: 'restarts the provider while bulk requests and single requests are under way, and looks for what came of them',
  needs: { binding: 'request-mode', feature: 'checkpoint', restart: true },
  // Nothing else works while the provider is away.
  alone: true,
  exercise: async (_input, session) => {
    for (const sizes of rounds) if (await interrupt(session, sizes)) return;
  },
});
