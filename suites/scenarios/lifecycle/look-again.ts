/**
 * Reads that have patience: an effect that is not there at once may come late, and that is another thing than one
 * that never comes. Whether to look again is all that is decided here; the judges say what it means.
 */
import type { OperationResult } from '../../bindings/binding.js';
import { diagnose } from '../../history/explain.js';
import { historyOf, pathUnder, wordsOf } from '../../history/history.js';
import type { Exchange } from '../../../schemas/types.js';
import type { Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import { TraceView } from '../../trace/trace-view.js';

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

const isExplained = (session: Session, resource: string): boolean => {
  const { facts: target, entries } = session;
  const { writes, reads } = historyOf(new TraceView({ scenario: '', path: '', input: null, target, entries }));
  return (
    diagnose(
      writes.filter((write) => write.resource === resource),
      reads.filter((read) => read.resource === resource && read.words.length <= 1),
    ) === 'explained'
  );
};

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
  let from = 0;
  await lookUntil(
    session,
    (isLater) => {
      from = session.entries.length;
      const which = isLater ? `${variant}, later` : variant;
      return session.attempt({ method: 'GET', url: path, purpose: 'read', variant: which, subject: path });
    },
    (read, isLater) =>
      // An effect that has come late explains the last read alone.
      isLater
        ? isExplainedSince(session, path, from)
        : (word !== undefined && shows(read, word)) || isExplained(session, path),
  );
};

const isExplainedSince = (session: Session, resource: string, from: number): boolean => {
  const { facts: target, entries } = session;
  const { writes, reads } = historyOf(new TraceView({ scenario: '', path: '', input: null, target, entries }));
  return (
    diagnose(
      writes.filter((write) => write.resource === resource),
      reads.filter(({ resource: read, exchange }) => read === resource && exchange.n >= from),
    ) === 'explained'
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
    const about = { method: 'GET', url: path, purpose: 'read', subject: path } as const;
    const variant = 'at the location of the result';
    await lookUntil(
      session,
      (isLater) => session.attempt({ ...about, variant: isLater ? `${variant}, later` : variant }),
      ({ response }) => response?.status !== 404,
    );
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
