/**
 * Tries every order of the writes and reads of one resource, one after the other and without any cleverness: what
 * `diagnose` has to say of a small history is decided here, by code that shares nothing with it.
 */
import type { Diagnosis } from '../../../../suites/judging/history/explain.js';
import type { Read, Write } from '../../../../suites/judging/history/history.js';

/** Something that happens at one moment between two times. */
interface Happening {
  readonly from: number;
  readonly to: number;
  readonly mayBeLeftOut: boolean;
  /** The bulk request that it belongs to, and its place there; undefined if any order is allowed. */
  readonly bulk: { readonly request: NonNullable<Write['submission']>; readonly place: number } | undefined;
  /** It happens only after this one. */
  readonly again?: Happening;
  readonly does: (resource: Resource) => Resource | 'impossible';
}

type Resource = 'gone' | { readonly word: string | undefined };

/** One way in which a provider may have lied about a write, or answered wrongly. */
export type Lie = Exclude<Diagnosis, 'explained' | 'unexplained'> | 'absence';

const writing =
  ({ method, word }: Write): Happening['does'] =>
  (resource) => {
    if (method === 'POST') return resource === 'gone' ? { word } : 'impossible';
    if (resource === 'gone') return 'impossible';
    return method === 'DELETE' ? 'gone' : { word: word ?? resource.word };
  };

/** An answer is there a little after what it answers: what is asked for in that moment comes later. */
const justBefore = (from: number, end: number): number => Math.max(from, end - 0.001);

const happeningsOf = (writes: readonly Write[], reads: readonly Read[], lies: ReadonlySet<Lie>): Happening[] => {
  const lastEnd = reads.reduce((latest, { end }) => Math.max(latest, end), 0);
  const ofWrites = writes.flatMap((write): Happening[] => {
    const { start: from, end, submission, index, outcome, status } = write;
    const bulk = submission === undefined || lies.has('disordered') ? undefined : { request: submission, place: index };
    const does = writing(write);
    if (outcome === 'failure') {
      const isGone: Happening['does'] = (resource) => (resource === 'gone' ? resource : 'impossible');
      const isMissed = status === '404' && !lies.has('absence');
      return [
        ...(isMissed ? [{ from, to: justBefore(from, end), mayBeLeftOut: false, bulk, does: isGone }] : []),
        ...(lies.has('failure-applied')
          ? [{ from, to: justBefore(from, Math.max(end, lastEnd)), mayBeLeftOut: true, bulk: undefined, does }]
          : []),
      ];
    }
    const to = justBefore(from, lies.has('late') ? Math.max(end, lastEnd) : end);
    const once: Happening = { from, to, mayBeLeftOut: outcome === 'unknown' || lies.has('lost'), bulk, does };
    const isRepeated = lies.has('twice') && outcome === 'success' && method(write) !== 'POST';
    return isRepeated
      ? [
          once,
          {
            from,
            to: justBefore(from, Math.max(end, lastEnd)),
            mayBeLeftOut: true,
            bulk: undefined,
            again: once,
            does,
          },
        ]
      : [once];
  });
  const ofReads = reads.map(({ start: from, end, present, words: [seen] }): Happening => {
    const isWritten = writes.some(({ word }) => word === seen);
    const does: Happening['does'] = (resource) => {
      if (resource === 'gone' || !present) return resource === 'gone' && !present ? resource : 'impossible';
      // What it held before the first write nobody knows.
      return seen === undefined || resource.word === seen || (resource.word === undefined && !isWritten)
        ? resource
        : 'impossible';
    };
    return { from, to: justBefore(from, end), mayBeLeftOut: false, bulk: undefined, does };
  });
  return [...ofWrites, ...ofReads];
};

const method = (write: Write): string => write.method;

/** Whether what is done allows this to be next: after its first time, and in the order of its bulk request. */
const isItsTurn = (next: Happening, open: readonly Happening[], done: readonly Happening[]): boolean => {
  const { bulk, again } = next;
  if (again !== undefined && !done.includes(again)) return false;
  if (bulk === undefined) return true;
  const isOfThisBulk = (other: Happening): boolean => other.bulk?.request === bulk.request;
  return (
    !open.some((other) => isOfThisBulk(other) && (other.bulk?.place ?? 0) < bulk.place && !other.mayBeLeftOut) &&
    !done.some((other) => isOfThisBulk(other) && (other.bulk?.place ?? 0) > bulk.place)
  );
};

const canHappen = (
  open: readonly Happening[],
  done: readonly Happening[],
  resource: Resource,
  time: number,
): boolean => {
  if (open.every(({ mayBeLeftOut }) => mayBeLeftOut)) return true;
  return open.some((next) => {
    const moment = Math.max(time, next.from);
    const after = next.does(resource);
    return (
      moment <= next.to &&
      after !== 'impossible' &&
      isItsTurn(next, open, done) &&
      canHappen(
        open.filter((other) => other !== next),
        [...done, next],
        after,
        moment,
      )
    );
  });
};

/** Whether the reads can be what they are, where the provider may have lied in these ways and in no other. */
export const isPossible = (writes: readonly Write[], reads: readonly Read[], ...lies: readonly Lie[]): boolean => {
  const before: Resource = writes.some((write) => method(write) === 'POST') ? 'gone' : { word: undefined };
  return canHappen(happeningsOf(writes, reads, new Set(lies)), [], before, -Infinity);
};

/** What `diagnose` has to answer: the first lie of its list that explains the reads. */
export const expectedDiagnosis = (writes: readonly Write[], reads: readonly Read[]): Diagnosis => {
  const possible = (...lies: readonly Lie[]): boolean => isPossible(writes, reads, ...lies);
  if (possible()) return 'explained';
  if (possible('lost')) return possible('disordered') ? 'disordered' : 'lost';
  for (const lie of ['late', 'disordered', 'failure-applied', 'twice'] as const) if (possible(lie)) return lie;
  // Where a 404 alone contradicts the reads, no write is to blame; where it does not, it may come from where reads do not.
  if (possible('absence')) return 'unexplained';
  for (const lie of ['late', 'failure-applied'] as const) if (possible('absence', lie)) return lie;
  return 'unexplained';
};
