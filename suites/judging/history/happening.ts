/**
 * What may have happened to one resource: each write and each read of it as something that happens at one moment
 * between two times, under what is assumed of the provider.
 */
import type { Read, Write } from './history.js';

/** What a resource is at one moment. */
export interface State {
  readonly alive: boolean;
  /** Undefined: what it held before the first write, which nobody knows. */
  readonly word: string | undefined;
}

interface Moment {
  /** Not before, and not after. */
  readonly start: number;
  readonly end: number;
  /** Whether the order may do without it. */
  readonly optional: boolean;
  /** Places of what has to happen before it, if it happens at all. */
  readonly after: readonly number[];
}

export interface Writing extends Moment {
  readonly kind: 'write';
  readonly method: string;
  /** The word that it writes. */
  readonly word: string | undefined;
}

/** A read, or a write that was answered 404 and thereby says that nothing is there. */
export interface Looking extends Moment {
  readonly kind: 'look';
  readonly present: boolean;
  /** The word that it shows; undefined where it shows none. */
  readonly word: string | undefined;
  /** Whether that word was there before: no write of this resource writes it. */
  readonly isOlder: boolean;
}

export type Happening = Writing | Looking;

/** The state that a happening leaves; undefined where it cannot happen in this one. */
export const stateAfter = (happening: Happening, state: State): State | undefined => {
  if (happening.kind === 'look') {
    const { present, word, isOlder } = happening;
    if (present !== state.alive) return undefined;
    return word === undefined || word === state.word || (isOlder && state.word === undefined) ? state : undefined;
  }
  const { method, word } = happening;
  if (method === 'POST') return state.alive ? undefined : { alive: true, word };
  if (!state.alive) return undefined;
  return method === 'DELETE' ? { alive: false, word: undefined } : { alive: true, word: word ?? state.word };
};

/** What may be assumed of the provider beyond what it says. */
export interface Assumptions {
  /** Operations of one bulk request take effect in any order. */
  readonly anyBulkOrder?: boolean;
  /** A failed operation may take effect, also later than it was said to have failed, up to this time. */
  readonly failedMayApplyUntil?: number;
  /** A successful operation may take effect later than it was said to be completed, up to this time. */
  readonly lateUntil?: number;
  /** A successful operation may take effect a second time, up to this time. */
  readonly twiceUntil?: number;
  /** A successful operation may have no effect. */
  readonly mayBeLost?: boolean;
  /** An operation may be answered 404 though the resource is there. */
  readonly absenceMayLie?: boolean;
  /** The one write of which the rest is assumed; of all where absent. */
  readonly by?: Write;
}

/** What one write may come to: its effect, its effect once more, or the sight that nothing is there. */
const ofWrite = (write: Write, place: number, after: readonly number[], assumed: Assumptions): Happening[] => {
  const { start, end, method, word, outcome, status } = write;
  const isHonest = assumed.by !== undefined && assumed.by !== write;
  const { failedMayApplyUntil, lateUntil = end, twiceUntil, mayBeLost = false } = isHonest ? {} : assumed;
  const { absenceMayLie = false } = assumed;
  const effect: Writing = {
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
    // What failed because the resource was not there says so; other failures say nothing of its state.
    const isAbsent = status === '404' && !absenceMayLie;
    const absence: Looking = {
      kind: 'look',
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

const ofRead = ({ start, end, present, words: [word] }: Read, written: ReadonlySet<string | undefined>): Looking => ({
  kind: 'look',
  start,
  end,
  optional: false,
  after: [],
  present,
  word,
  isOlder: word !== undefined && !written.has(word),
});

/**
 * Milliseconds that no answer is faster than: what is asked for when another answer is there is done after it. Clocks
 * may show one time for both, in a simulation above all.
 */
const fastest = 0.001;

/** `writes` and `reads` are those of one resource. */
export const happeningsOf = (
  writes: readonly Write[],
  reads: readonly Read[],
  assumed: Assumptions = {},
): Happening[] => {
  const happenings: Happening[] = [];
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
