/**
 * Reads that have patience: an effect that is not there at once may come late, and that is another thing than one
 * that never comes. Whether to look again is all that is decided here; the judges say what it means.
 */
import type { OperationResult } from '../../bindings/binding.js';
import { isExplained } from '../../judging/history/explain.js';
import { historyOf, pathUnder, wordsOf, type Read } from '../../judging/history/history.js';
import type { Exchange } from '../../../schemas/types.js';
import type { Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import { TraceView } from '../../judging/trace-view.js';
import { step } from '../../trace/step.js';

/** Milliseconds between the looks. */
const pauses = [30, 60, 120, 250, 500];

/** Looks, and looks again while what is seen is not right yet and there is patience. */
const lookUntil = async <T>(
  session: Session,
  look: (isLater: boolean) => Promise<T>,
  isRight: (seen: T, isLater: boolean) => boolean,
): Promise<void> => {
  if (isRight(await look(false), false)) return;
  for (const pause of pauses) {
    await session.pause(pause);
    if (isRight(await look(true), true)) return;
  }
};

/** Whether some order of the writes of a resource explains those of its reads that count. */
const areExplained = (session: Session, resource: string, counts: (read: Read) => boolean): boolean => {
  const { facts: target, entries } = session;
  const { writes, reads } = historyOf(new TraceView({ scenario: '', path: '', input: null, target, entries }));
  return isExplained(
    writes.filter((write) => write.resource === resource),
    reads.filter((read) => read.resource === resource && counts(read)),
  );
};

/** A look at a resource by its path. */
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

/** Whether a read shows a user with this word and no other. */
const shows = (read: Exchange, word: string): boolean => {
  const words = read.response?.status === 200 ? wordsOf(responseObject(read) ?? {}) : [];
  return words.length === 1 && words[0] === word;
};

/**
 * Reads a resource by its path, and again while what it shows is not what was written: the `word` where it is the only
 * one that ever was.
 */
export const readBack = async (
  session: Session,
  path: string,
  variant = 'afterwards',
  word?: string,
): Promise<void> => {
  await lookUntil(session, readAt(session, path, variant), (read, isLater) =>
    // An effect that has come late explains the last read alone.
    isLater
      ? areExplained(session, path, ({ exchange }) => exchange.n >= read.n)
      : (word !== undefined && shows(read, word)) || areExplained(session, path, ({ words }) => words.length <= 1),
  );
};

/** Where a result says that its resource is; undefined where it says nothing of use. */
export const pathOfResult = ({ facts }: Session, result: OperationResult | undefined): string | undefined => {
  const path = pathUnder(result?.location ?? '', `${facts.baseUrl}/`, facts.baseUrl);
  return path === '/' ? undefined : path;
};

/** Reads what results say was created, where they say it, and again while it is not there. */
export const readCreated = async (session: Session, results: readonly OperationResult[]): Promise<void> => {
  const created = results.filter(({ status }) => status === '201').map((result) => pathOfResult(session, result));
  for (const path of new Set(created)) {
    if (path === undefined) continue;
    const look = readAt(session, path, 'at the location of the result');
    await lookUntil(session, look, ({ response }) => response?.status !== 404);
  }
};

/** Searches for a name, and again while fewer are found than there should be. */
export const searchFor = (
  session: Session,
  name: string,
  expected: number,
  endpoint: 'Users' | 'Groups' = 'Users',
): Promise<void> =>
  lookUntil(
    session,
    () => session.find(name, 'search', endpoint),
    (found) => found === undefined || found.length >= expected,
  );
