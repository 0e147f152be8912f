/**
 * Bulk requests from a few operations to as many as the target takes: some defects begin at a certain number of operations,
 * at a distance between an operation and its reference, or at a length of its bulkId.
 */
import { inParallel } from '../../concurrency/in-parallel.js';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import type { OperationResult } from '../../bindings/binding.js';
import type { Session } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { bulkPlan, createOperation, type BulkOperation } from '../building-blocks/bulk-plan.js';
import { canPatchNames } from '../building-blocks/can-patch.js';
import { completeBulk } from '../building-blocks/complete-bulk.js';
import { pathOfResult, readBack, searchFor, withWord } from '../building-blocks/look-again.js';

/** Numbers of operations. The last one is more than a hundred, which many providers have as a limit of their own. */
const sizes = [3, 20, 60, 120];

/** One operation in so many cannot succeed, so that the results are not all alike. */
const everyInvalid = 9;

/** One user in so many is searched for: searches are slow. */
const everySearched = 16;

/** Users that are read at a time. */
const readsAtATime = 8;

/** Longer than a UUID and than 64 characters, and different only at the end. */
const bulkIdOf = (index: number): string =>
  `operation-of-a-client-that-gives-long-names-to-its-operations-number-${index}`;

interface Wanted {
  readonly operation: BulkOperation;
  /** The word that the user has afterwards; undefined if the operation writes none. */
  readonly word?: string;
}

const createOf = (session: Session, index: number): Wanted => {
  const name = session.userName();
  if (index % everyInvalid === everyInvalid - 1) return { operation: createOperation(bulkIdOf(index), name, false) };
  const word = session.word();
  return { operation: { ...createOperation(bulkIdOf(index), name), data: wordedUser(name, word) }, word };
};

/** A group of the first user and the last one: its references lead over the whole request. */
const groupOf = (session: Session, index: number): Wanted => {
  const name = session.groupName();
  const members = [...new Set([0, index - 1])].map((place) => `bulkId:${bulkIdOf(place)}`);
  return {
    operation: {
      method: 'POST',
      path: '/Groups',
      bulkId: bulkIdOf(index),
      expected: 'success',
      userName: name,
      data: plainGroup(name, members),
    },
  };
};

/** The last operation is a group, unless the operation before it, to which it refers, cannot succeed. */
const createsOf = (session: Session, size: number): Wanted[] =>
  Array.from({ length: size }, (_, index) =>
    index === size - 1 && index > 0 && index % everyInvalid !== 0 && session.facts.capabilities.groups
      ? groupOf(session, index)
      : createOf(session, index),
  );

/** A write of an existing user: the methods take turns. */
const changeOf = (
  session: Session,
  { path, userName }: Created,
  { index, withPatch }: { readonly index: number; readonly withPatch: boolean },
): Wanted => {
  const common = { path, bulkId: bulkIdOf(index), expected: 'success' } as const;
  const word = session.word();
  switch (index % 3) {
    case 0:
      return { operation: { ...common, method: 'PUT', data: wordedUser(userName, word) }, word };
    case 1:
      if (withPatch) return { operation: { ...common, method: 'PATCH', data: wordPatch(word) }, word };
      return { operation: { ...common, method: 'PUT', data: wordedUser(userName, word) }, word };
    default:
      return { operation: { ...common, method: 'DELETE' } };
  }
};

interface Created {
  readonly userName: string;
  /** Relative to the base URL. */
  readonly path: string;
}

const submit = (session: Session, wanted: readonly Wanted[]): Promise<readonly OperationResult[] | undefined> =>
  completeBulk(session, bulkPlan(wanted.map(({ operation }) => operation)));

/** Reads what was created; returns the users among it. */
const readCreates = async (
  session: Session,
  wanted: readonly Wanted[],
  results: readonly OperationResult[],
): Promise<Created[]> => {
  const created = wanted.flatMap(({ operation: { path: endpoint, userName }, word }, index) => {
    const result = results.find((each) => each.index === index);
    const path = result?.status === '201' ? pathOfResult(session, result) : undefined;
    return path === undefined || userName === undefined ? [] : [{ path, userName, word, endpoint, index }];
  });
  await inParallel(created, readsAtATime, async ({ path, userName, word, index }) => {
    await readBack(session, path, 'at the location of the result', withWord(word));
    if (word !== undefined && index % everySearched === 0) await searchFor(session, userName, 1);
  });
  return created.filter(({ endpoint }) => endpoint === '/Users');
};

export const bulkSizes = defineScenario({
  name: 'bulk-sizes',
  title: 'submits bulk requests from a few operations to as many as the target takes',
  needs: { capability: 'bulk' },
  inputs: ({ bulkRoom = Infinity }) => [...new Set(sizes.map((size) => Math.min(size, bulkRoom)))],
  exercise: async (size, session) => {
    const creates = createsOf(session, size);
    const results = await submit(session, creates);
    if (results === undefined) return;
    const created = await readCreates(session, creates, results);
    const withPatch = session.facts.capabilities.patch && (await canPatchNames(session));
    const changes = created.map((each, index) => changeOf(session, each, { index, withPatch }));
    if (changes.length === 0 || (await submit(session, changes)) === undefined) return;
    await inParallel(changes, readsAtATime, async ({ operation: { method, path }, word }) =>
      readBack(session, path, 'afterwards', method === 'DELETE' ? 'gone' : withWord(word)),
    );
  },
});
