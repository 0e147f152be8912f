/**
 * Reads that have patience: an effect that is not there at once may come late, and that is another thing than one
 * that never comes. Whether to look again is all that is decided here; the judges say what it means.
 */
import { diagnose } from '../../history/explain.js';
import { historyOf } from '../../history/history.js';
import type { Session } from '../../session/session.js';
import { TraceView } from '../../trace/trace-view.js';

/** Milliseconds between the looks. */
const pauses = [30, 60, 120, 250, 500];

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

/** Reads a resource by its path, and again while what it shows is not what was written. */
export const readBack = async (session: Session, path: string, variant = 'afterwards'): Promise<void> => {
  const read = (which: string) =>
    session.attempt({ method: 'GET', url: path, purpose: 'read', variant: which, subject: path });
  await read(variant);
  if (isExplained(session, path)) return;
  for (const pause of pauses) {
    await session.pause(pause);
    const before = session.entries.length;
    await read(`${variant}, later`);
    // An effect that has come late explains the last read alone.
    if (isExplainedSince(session, path, before)) return;
  }
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

/** Searches for a name, and again while fewer are found than there should be. */
export const searchFor = async (
  session: Session,
  name: string,
  expected: number,
  endpoint: 'Users' | 'Groups' = 'Users',
): Promise<void> => {
  let found = await session.find(name, 'search', endpoint);
  for (const pause of pauses) {
    if (found === undefined || found.length >= expected) return;
    await session.pause(pause);
    found = await session.find(name, 'search', endpoint);
  }
};
