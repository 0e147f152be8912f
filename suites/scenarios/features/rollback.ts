/**
 * Bulk requests with `rollbackOnError` (feature `rollback`): in most of them one operation cannot succeed, before, between or
 * after others that create, replace, patch and delete resources.
 */
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import { plainUser } from '../../generators/user.js';
import { defineScenario } from '../../definitions/scenario.js';
import type { Session } from '../../session/session.js';
import { step } from '../../trace/step.js';
import { bulkOptions, bulkPlan, createOperation, type BulkOperation } from '../building-blocks/bulk-plan.js';
import { createGroup, createMember } from '../building-blocks/create-group.js';
import { createUser } from '../building-blocks/create-user.js';
import { patchBody } from '../building-blocks/patches.js';

export const rollbackSteps = {
  /** A bulk request one of whose operations cannot succeed. */
  oneFails: step('rollback, one operation cannot succeed'),
  /** A bulk request whose operations are all valid. */
  allValid: step('rollback, all operations are valid'),
  /** A read of a resource before the bulk request. */
  before: step('before the rollback'),
  /** The same read when the bulk request is completed or refused. */
  afterwards: step('after the rollback'),
  /** A synchronous create with the name of a create that was undone. */
  createOfUndone: step('create of an undone name'),
};

/** Milliseconds in which an operation that was running may still take effect. */
const lateMs = 150;

type Wrong = 'invalid user' | 'name that is taken' | 'user who is not there' | 'reference that leads to nothing';

interface Case {
  readonly wrong: Wrong;
  readonly place: 'first' | 'in the middle' | 'last';
}

const cases: Readonly<Record<string, Case | undefined>> = {
  'an invalid user comes last': { wrong: 'invalid user', place: 'last' },
  'an invalid user comes first': { wrong: 'invalid user', place: 'first' },
  'a name that is taken is in the middle': { wrong: 'name that is taken', place: 'in the middle' },
  'a user who is not there comes last': { wrong: 'user who is not there', place: 'last' },
  'a reference that leads to nothing comes last': { wrong: 'reference that leads to nothing', place: 'last' },
  'nothing is wrong': undefined,
};

/** An operation that cannot succeed. */
const wrongOperation = async (session: Session, wrong: Wrong): Promise<BulkOperation> => {
  const own = session.userName();
  const about = { bulkId: 'wrong', expected: 'failure' } as const;
  switch (wrong) {
    case 'invalid user':
      return createOperation('wrong', own, false);
    case 'name that is taken': {
      const { userName } = await createUser(session);
      return { method: 'POST', path: '/Users', ...about, status: '409', data: plainUser(userName) };
    }
    case 'user who is not there': {
      const gone = await createUser(session);
      await session.send({ method: 'DELETE', url: gone.url, purpose: 'delete', subject: gone.userName });
      return { method: 'PUT', path: gone.path, ...about, status: '404', data: plainUser(gone.userName) };
    }
    case 'reference that leads to nothing':
      return { method: 'PUT', path: '/Users/bulkId:nowhere', ...about, data: plainUser(own) };
  }
};

const replaceOf = async (session: Session, bulkId: string): Promise<BulkOperation> => {
  const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
  return { method: 'PUT', path, bulkId, expected: 'success', data: wordedUser(userName, session.word()) };
};

const patchOf = async (session: Session, bulkId: string): Promise<BulkOperation> => {
  const { path } = await createUser(session, (name) => wordedUser(name, session.word()));
  return { method: 'PATCH', path, bulkId, expected: 'success', data: wordPatch(session.word()) };
};

const deleteOf = async (session: Session, bulkId: string): Promise<BulkOperation> => {
  const { path } = await createUser(session, (name) => wordedUser(name, session.word()));
  return { method: 'DELETE', path, bulkId, expected: 'success' };
};

/** Adds a member to a group that has one. */
const groupWriteOf = async (session: Session, bulkId: string): Promise<BulkOperation> => {
  const [member, other] = [await createMember(session), await createMember(session)];
  const { name, path } = await createGroup(session, [member.id]);
  const about = { path, bulkId, expected: 'success' } as const;
  if (!session.facts.capabilities.patch)
    return { method: 'PUT', ...about, data: plainGroup(name, [member.id, other.id]) };
  const data = patchBody([{ op: 'add', path: 'members', value: [{ value: other.id }] }]);
  return { method: 'PATCH', ...about, data };
};

/** Valid operations, each on its own resource; fewer if the target takes no more than `room` of them. */
const validOperations = async (session: Session, room: number): Promise<BulkOperation[]> => {
  const { patch, groups } = session.facts.capabilities;
  const makers: (() => BulkOperation | Promise<BulkOperation>)[] = [
    () => createOperation('one', session.userName()),
    () => replaceOf(session, 'replaced'),
    () => deleteOf(session, 'deleted'),
    ...(patch ? [() => patchOf(session, 'patched')] : []),
    ...(groups ? [() => groupWriteOf(session, 'group')] : []),
    () => createOperation('two', session.userName()),
  ];
  const operations: BulkOperation[] = [];
  for (const make of makers.slice(0, room)) operations.push(await make());
  return operations;
};

const readAll = async (session: Session, paths: readonly string[], variant: typeof rollbackSteps.before) => {
  for (const url of paths) await session.attempt({ method: 'GET', url, purpose: 'read', subject: url, variant });
};

/** Looks whether a create has left anything: its user, or a name that stays taken. */
const lookForCreated = async (session: Session, userName: string): Promise<void> => {
  const found = await session.find(userName);
  if (found !== undefined && found.length > 0) return;
  const about = { purpose: 'create', subject: userName, variant: rollbackSteps.createOfUndone } as const;
  await session.attempt({ method: 'POST', url: '/Users', ...about, body: plainUser(userName) });
};

export const rollback = defineScenario({
  name: 'rollback',
  title: 'submits bulk requests with rollbackOnError, most of them with an operation that cannot succeed',
  needs: { binding: 'request-mode', feature: 'rollback', capability: 'bulk' },
  inputs: ({ bulkRoom }) => ((bulkRoom ?? Infinity) < 2 ? [] : Object.keys(cases)),
  exercise: async (name, session) => {
    const room = session.facts.bulkRoom ?? Infinity;
    const one = cases[name];
    const operations = await validOperations(session, one === undefined ? Math.min(2, room) : room - 1);
    if (one !== undefined) {
      const place = { first: 0, 'in the middle': Math.floor(operations.length / 2), last: operations.length }[
        one.place
      ];
      operations.splice(place, 0, await wrongOperation(session, one.wrong));
    }
    const written = operations.filter(({ expected, method }) => expected === 'success' && method !== 'POST');
    const paths = written.map(({ path }) => path);
    await readAll(session, paths, rollbackSteps.before);
    const variant = one === undefined ? rollbackSteps.allValid : rollbackSteps.oneFails;
    const submitted = await session.submit({
      ...bulkPlan(operations, bulkOptions({ rollbackOnError: true })),
      variant,
    });
    if (submitted.submission.accepted) await session.settle(submitted);
    if (one === undefined) return;
    await session.pause(lateMs);
    await readAll(session, paths, rollbackSteps.afterwards);
    for (const { userName } of operations) if (userName !== undefined) await lookForCreated(session, userName);
  },
});
