/**
 * The events on one resource: each write and each read happens at one moment between two times. Assumptions about the
 * provider decide which events are possible.
 */
import type { Read, Write } from './history.js';

/** The state of a resource at one moment. */
export interface State {
  readonly alive: boolean;
  /** Undefined: the unknown value before the first write. */
  readonly word: string | undefined;
}

interface Moment {
  /** Not before, and not after. */
  readonly start: number;
  readonly end: number;
  /** Whether an order may leave it out. */
  readonly optional: boolean;
  /** Places of the events that have to happen before it, if they happen at all. */
  readonly after: readonly number[];
}

export interface WriteEvent extends Moment {
  readonly kind: 'write';
  readonly method: string;
  /** The word that it writes. */
  readonly word: string | undefined;
}

/** A read, or a write that was answered 404 and so shows that the resource does not exist. */
export interface ReadEvent extends Moment {
  readonly kind: 'read';
  readonly present: boolean;
  /** The word that it shows; undefined if it shows none. */
  readonly word: string | undefined;
  /** Whether the word is older than all writes: no write of this resource writes it. */
  readonly isOlder: boolean;
}

export type HistoryEvent = WriteEvent | ReadEvent;

/** The state after an event; undefined if the event cannot happen in this state. */
export const stateAfter = (happening: HistoryEvent, state: State): State | undefined => {
  if (happening.kind === 'read') {
    const { present, word, isOlder } = happening;
    if (present !== state.alive) return undefined;
    return word === undefined || word === state.word || (isOlder && state.word === undefined) ? state : undefined;
  }
  const { method, word } = happening;
  if (method === 'POST') return state.alive ? undefined : { alive: true, word };
  if (!state.alive) return undefined;
  return method === 'DELETE' ? { alive: false, word: undefined } : { alive: true, word: word ?? state.word };
};

/** Deviations of the provider from its own reports that a search may assume. */
export interface Assumptions {
  /** Operations of one bulk request take effect in any order. */
  readonly anyBulkOrder?: boolean;
  /** A failed operation may take effect, also after it was reported as failed, up to this time. */
  readonly failedMayApplyUntil?: number;
  /** A successful operation may take effect after it was reported as completed, up to this time. */
  readonly lateUntil?: number;
  /** A successful operation may take effect a second time, up to this time. */
  readonly twiceUntil?: number;
  /** A successful operation may have no effect. */
  readonly mayBeLost?: boolean;
  /** An operation may be answered 404 although the resource exists. */
  readonly absenceMayLie?: boolean;
  /** The only write to which the other assumptions apply; all writes if absent. */
  readonly by?: Write;
}

/** The possible events of one write: its effect, its effect a second time, or a proof that the resource does not exist. */
const ofWrite = (write: Write, place: number, after: readonly number[], assumed: Assumptions): HistoryEvent[] => {
  const { start, end, method, word, outcome, status } = write;
  const isHonest = assumed.by !== undefined && assumed.by !== write;
  const { failedMayApplyUntil, lateUntil = end, twiceUntil, mayBeLost = false } = isHonest ? {} : assumed;
  const { absenceMayLie = false } = assumed;
  const effect: WriteEvent = {
    kind: 'write',
    start,
    end: Math.max(end, lateUntil),
    optional: outcome !== 'success' || mayBeLost,
    after,
    method,
    word,
  };
  if (outcome === 'failure') {
    const applied =
      failedMayApplyUntil === undefined ? [] : [{ ...effect, end: Math.max(end, failedMayApplyUntil), after: [] }];
    // A 404 shows that the resource did not exist; other failures show nothing about its state.
    const isAbsent = status === '404' && !absenceMayLie;
    const absence: ReadEvent = {
      kind: 'read',
      start,
      end,
      optional: false,
      after,
      present: false,
      word: undefined,
      isOlder: false,
    };
    return [...(isAbsent ? [absence] : []), ...applied];
  }
  const mayRepeat = twiceUntil !== undefined && outcome === 'success' && method !== 'POST';
  return mayRepeat ? [effect, { ...effect, end: Math.max(end, twiceUntil), optional: true, after: [place] }] : [effect];
};

const ofRead = ({ start, end, present, words: [word] }: Read, written: ReadonlySet<string | undefined>): ReadEvent => ({
  kind: 'read',
  start,
  end,
  optional: false,
  after: [],
  present,
  word,
  isOlder: word !== undefined && !written.has(word),
});

/**
 * No answer is faster than this number of milliseconds. A request that is sent after an answer happens after it, but the
 * clock may show the same time for both, especially in a simulation.
 */
const fastest = 0.001;

/** `writes` and `reads` are those of one resource. */
export const happeningsOf = (
  writes: readonly Write[],
  reads: readonly Read[],
  assumed: Assumptions = {},
): HistoryEvent[] => {
  const happenings: HistoryEvent[] = [];
  const placeOf = new Map<Write, number>();
  for (const write of writes) {
    const isEarlier = ({ submission, index }: Write): boolean =>
      submission !== undefined && submission === write.submission && index < write.index;
    const after = assumed.anyBulkOrder === true ? [] : writes.filter(isEarlier).flatMap((it) => placeOf.get(it) ?? []);
    const made = ofWrite(write, happenings.length, after, assumed);
    if (made.length > 0) placeOf.set(write, happenings.length);
    happenings.push(...made);
  }
  const written = new Set(writes.map(({ word }) => word));
  return [...happenings, ...reads.map((read) => ofRead(read, written))].map((happening) => ({
    ...happening,
    end: Math.max(happening.start, happening.end - fastest),
  }));
};
