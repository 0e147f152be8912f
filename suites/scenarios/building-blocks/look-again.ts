/**
 * Repeats a read or search until the expected effect is there, because a late effect and one that never comes are
 * different findings. This module only decides whether to read again; the judges decide what the reads mean.
 */
import type { OperationResult } from '../../bindings/binding.js';
import { memberIds } from '../../judging/members.js';
import { isExplained } from '../../judging/history/explain.js';
import { historyOf, pathUnder, wordsOf, type Read } from '../../judging/history/history.js';
import type { Exchange } from '../../../schemas/types.js';
import type { Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import { TraceView } from '../../judging/trace-view.js';
import { step } from '../../trace/step.js';

/** Milliseconds between the reads. */
const pauses = [30, 60, 120, 250, 500];

/** Reads until the answer is right, or until all pauses are used up. */
const readUntil = async <T>(
  session: Session,
  read: (isLater: boolean) => Promise<T>,
  isRight: (seen: T, isLater: boolean) => boolean,
): Promise<void> => {
  if (isRight(await read(false), false)) return;
  for (const pause of pauses) {
    await session.pause(pause);
    if (isRight(await read(true), true)) return;
  }
};

/** Whether some order of the writes of a resource explains those of its reads for which `counts` is true. */
const areExplained = (session: Session, resource: string, counts: (read: Read) => boolean): boolean => {
  const { facts: target, entries } = session;
  const { writes, reads } = historyOf(new TraceView({ scenario: '', path: '', input: null, target, entries }));
  return isExplained(
    writes.filter((write) => write.resource === resource),
    reads.filter((read) => read.resource === resource && counts(read)),
  );
};

/** Returns a function that reads a resource by its path. */
const readAt =
  (session: Session, path: string, variant: string) =>
  (isLater: boolean): Promise<Exchange> =>
    session.attempt({
      method: 'GET',
      url: path,
      purpose: 'read',
      subject: path,
      variant: step(isLater ? `${variant}, later` : variant),
    });

/** What a read has to show if only one write decides: a user with this word and no other, or that it is gone. */
export type Wanted = { readonly word: string } | 'gone';

/** The user with this word; undefined if there is no word to look for. */
export const withWord = (word: string | undefined): Wanted | undefined => (word === undefined ? undefined : { word });

const shows = (read: Exchange, wanted: Wanted): boolean => {
  if (wanted === 'gone') return read.response?.status === 404;
  const words = read.response?.status === 200 ? wordsOf(responseObject(read) ?? {}) : [];
  return words.length === 1 && words[0] === wanted.word;
};

/**
 * Reads a resource by its path, and again until it shows what was written. With `wanted`, the history need not be searched for
 * an explanation if the read shows that; it also holds for writes that no history knows, such as those of a synchronous bulk
 * request.
 */
export const readBack = async (
  session: Session,
  path: string,
  variant = 'afterwards',
  wanted?: Wanted,
): Promise<void> => {
  await readUntil(session, readAt(session, path, variant), (read, isLater) => {
    if (wanted !== undefined && shows(read, wanted)) return true;
    // A late effect is missing in the first reads: only the last one has to show it.
    return isLater
      ? areExplained(session, path, ({ exchange }) => exchange.n >= read.n)
      : areExplained(session, path, ({ words }) => words.length <= 1);
  });
};

/** The path of the resource in the location of a result; undefined if there is no usable location. */
export const pathOfResult = ({ facts }: Session, result: OperationResult | undefined): string | undefined => {
  const path = pathUnder(result?.location ?? '', `${facts.baseUrl}/`, facts.baseUrl);
  return path === '/' ? undefined : path;
};

/** Reads the created resources at the locations of their results, and again while the answer is 404. */
export const readCreated = async (session: Session, results: readonly OperationResult[]): Promise<void> => {
  const created = results.filter(({ status }) => status === '201').map((result) => pathOfResult(session, result));
  for (const path of new Set(created)) {
    if (path === undefined) continue;
    const read = readAt(session, path, 'at the location of the result');
    await readUntil(session, read, ({ response }) => response?.status !== 404);
  }
};

/** Searches for a name, and again while the search finds fewer than `expected`. */
export const searchFor = (
  session: Session,
  name: string,
  expected: number,
  endpoint: 'Users' | 'Groups' = 'Users',
): Promise<void> =>
  readUntil(
    session,
    () => session.find(name, 'search', endpoint),
    (found) => found === undefined || found.length >= expected,
  );

/** Searches for the name of a deleted user, and again while it is found. */
export const searchUntilGone = (session: Session, name: string): Promise<void> =>
  readUntil(
    session,
    () => session.find(name),
    (found) => found === undefined || found.length === 0,
  );

/** Reads a group, and again while this member is missing. */
export const readMembers = (session: Session, path: string, member: string): Promise<void> =>
  readUntil(
    session,
    readAt(session, path, 'afterwards'),
    (read) => read.response?.status !== 200 || memberIds(responseObject(read)).includes(member),
  );
