/** Bulk requests of operations of every kind, some of which cannot succeed: valid ones must not suffer from invalid ones. */
import fc from 'fast-check';
import { wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { canPatchNames } from '../building-blocks/can-patch.js';
import { createUser } from '../building-blocks/create-user.js';
import { readBack, searchFor } from '../building-blocks/look-again.js';
import { defineScenario } from '../../definitions/scenario.js';
import { bulkPlan, createOperation, type BulkOperation } from '../building-blocks/bulk-plan.js';

const kinds = ['create', 'invalid', 'taken', 'replace', 'patch', 'delete', 'patch-unknown', 'delete-unknown'] as const;

type Kind = (typeof kinds)[number];

const unknownPath = '/Users/scimc-unknown-0b0e3a8a';

/** Whether this kind of operation writes an existing user. */
const writesExisting = (kind: Kind): boolean => kind === 'replace' || kind === 'patch' || kind === 'delete';

const build = async (session: Session, kind: Kind, index: number, taken: string): Promise<BulkOperation> => {
  const bulkId = `b${index}`;
  if (writesExisting(kind)) {
    const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
    const word = session.word();
    if (kind === 'delete') return { method: 'DELETE', path, bulkId, expected: 'success' };
    return kind === 'replace'
      ? { method: 'PUT', path, bulkId, expected: 'success', data: wordedUser(userName, word) }
      : { method: 'PATCH', path, bulkId, expected: 'success', data: wordPatch(word) };
  }
  const create = { method: 'POST', path: '/Users', bulkId } as const;
  switch (kind) {
    case 'invalid':
      return createOperation(bulkId, session.userName(), false);
    case 'taken':
      return { ...create, expected: 'failure', status: '409', data: wordedUser(taken, session.word()) };
    case 'patch-unknown':
      return {
        method: 'PATCH',
        path: unknownPath,
        bulkId,
        expected: 'failure',
        status: '404',
        data: wordPatch('Nobody'),
      };
    case 'delete-unknown':
      return { method: 'DELETE', path: unknownPath, bulkId, expected: 'failure', status: '404' };
    default: {
      const userName = session.userName();
      return { ...create, expected: 'success', userName, data: wordedUser(userName, session.word()) };
    }
  }
};

export const bulkMixed = defineScenario({
  name: 'bulk-mixed',
  title: 'submits a bulk request of operations of every kind',
  needs: { binding: 'any', capability: 'bulk' },
  // Some defects show only where several operations fail. fast-check prefers short lists: without this bias, only about
  // one run in three thousand has no list with two failures among its five inputs.
  inputs: ({ capabilities, bulkRoom = Infinity }) => {
    const maxLength = Math.max(1, Math.min(12, bulkRoom) - 1);
    const kind = fc.constantFrom(...kinds.filter((each) => capabilities.patch || !each.startsWith('patch')));
    return fc.noBias(fc.array(kind, { minLength: Math.min(2, maxLength), maxLength, size: 'max' }));
  },
  exercise: async (plan, session) => {
    const { userName: taken, path: takenPath } = await createUser(session, (name) => wordedUser(name, session.word()));
    const operations: BulkOperation[] = [];
    const withPatch = plan.includes('patch') && (await canPatchNames(session));
    // At least one valid create: if it is lost, the effect is serious.
    const all: Kind[] = (session.facts.bulkRoom ?? Infinity) > plan.length ? [...plan, 'create'] : [...plan];
    for (const [index, planned] of all.entries()) {
      const kind = planned === 'patch' && !withPatch ? 'replace' : planned;
      operations.push(await build(session, kind, index, taken));
    }
    const submitted = await session.submit(bulkPlan(operations));
    if (!submitted.submission.accepted) return;
    await session.settle(submitted);
    if (submitted.submission.location !== undefined) await session.readStatus(submitted.submission);
    // A create that fails must not overwrite the user who has the name.
    if (plan.includes('taken')) await readBack(session, takenPath);
    for (const { method, path } of operations) {
      if (method !== 'POST' && path !== unknownPath) await readBack(session, path);
    }
    for (const { expected, userName } of operations) {
      if (userName !== undefined && expected === 'success') await searchFor(session, userName, 1);
    }
  },
});
