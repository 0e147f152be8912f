/**
 * Decides whether the events on a resource can have happened in some order: linearizability, as defined by Herlihy and
 * Wing, with the search of Wing and Gong.
 */
import { stateAfter, type HistoryEvent, type ReadEvent, type State } from './happening.js';

/**
 * The number of positions after which the search gives up. For 40 requests and 40 reads it finds an order in 1 ms, or
 * proves in 2 ms that there is none. It gave up in 0 of 900 histories with up to 30 requests in flight at a time, and in
 * 7 of 300 with up to 46.
 */
const longestSearch = 20_000;

interface Placed {
  readonly happening: HistoryEvent;
  readonly place: number;
}

/** A position of the search. */
interface Position {
  readonly done: ReadonlySet<number>;
  readonly state: State;
  /** The latest start of the events that are done: the next event cannot happen before it. */
  readonly latestStart: number;
}

/** The events that are left at a position. */
interface Rest {
  readonly open: readonly Placed[];
  readonly reads: readonly ReadEvent[];
  /** The methods and words of the writes that are left. */
  readonly methods: ReadonlySet<string>;
  readonly words: ReadonlySet<string | undefined>;
  /** The earliest end of an event that is left and not optional. */
  readonly firstEnd: number;
}

const isRead = (happening: HistoryEvent): happening is ReadEvent => happening.kind === 'read';

/** Whether an event is a PUT or PATCH whose word no read shows. */
const isUnread = (happening: HistoryEvent, reads: readonly ReadEvent[]): boolean =>
  happening.kind === 'write' &&
  happening.method !== 'POST' &&
  happening.method !== 'DELETE' &&
  !reads.some(({ word }) => word !== undefined && word === happening.word);

/** Whether a read that does not fit the state may fit after one of the writes that are left. */
const canComeTrue = ({ present, word, isOlder }: ReadEvent, { methods, words }: Rest): boolean => {
  if (!present) return methods.has('DELETE');
  if (word === undefined) return methods.has('POST');
  return isOlder ? methods.has('POST') && words.has(undefined) : words.has(word);
};

/** Whether a read is left whose word was overwritten, and that no remaining write can write again. */
const isHopeless = (rest: Rest, state: State): boolean =>
  rest.reads.some((read) => stateAfter(read, state) === undefined && !canComeTrue(read, rest));

/**
 * Whether this event can be done now without loss, so that no other order needs to be tried. This is so for a read that
 * fits, and for a write whose word no read shows, if no read needs the word that it overwrites. It is not so if its start
 * would exclude an optional event.
 */
const isAsWellNow = ({ happening }: Placed, { open, reads }: Rest, { word }: State): boolean => {
  const endsAnother = open.some(
    ({ happening: { optional, end }, place }) => optional && (end < happening.start || happening.after.includes(place)),
  );
  if (endsAnother) return false;
  if (isRead(happening)) return true;
  const isWanted = reads.some(
    (read) => read.word !== undefined && (word === undefined ? read.isOlder : read.word === word),
  );
  return !happening.optional && !isWanted && isUnread(happening, reads);
};

/** The most promising events first: reads, and then the write whose word the read with the earliest end shows. */
const mostPromisingFirst = (next: readonly Placed[], { reads }: Rest): Placed[] => {
  const [first] = [...reads].sort((a, b) => a.end - b.end);
  const rank = ({ happening }: Placed): number => (isRead(happening) ? 0 : happening.word === first?.word ? 1 : 2);
  return [...next].sort((a, b) => rank(a) - rank(b));
};

const restOf = (all: readonly Placed[], { done }: Position): Rest => {
  const open = all.filter(({ place }) => !done.has(place));
  const reads: ReadEvent[] = [];
  const methods = new Set<string>();
  const words = new Set<string | undefined>();
  let firstEnd = Infinity;
  for (const { happening } of open) {
    if (!happening.optional) firstEnd = Math.min(firstEnd, happening.end);
    if (isRead(happening)) reads.push(happening);
    else {
      methods.add(happening.method);
      words.add(happening.word);
    }
  }
  return { open, reads, methods, words, firstEnd };
};

/** The fixed order of the events: for each one, the events that have to come before and after it. */
interface Precedence {
  readonly happenings: readonly HistoryEvent[];
  /** For each event, the places of the events that have it in their `after`. */
  readonly laterThan: readonly (readonly number[])[];
}

const mayBeNext = (
  { happening, place }: Placed,
  { done, state, latestStart }: Position,
  { firstEnd }: Rest,
  { happenings, laterThan }: Precedence,
): boolean =>
  happening.start <= firstEnd &&
  // An event whose time is over cannot happen any more.
  happening.end >= latestStart &&
  happening.after.every((before) => done.has(before) || happenings[before]?.optional === true) &&
  // An event cannot happen after one that has to come later.
  laterThan[place]?.some((later) => done.has(later)) !== true &&
  stateAfter(happening, state) !== undefined;

/**
 * Whether an order of all events that are not optional, each at a moment within its time, is possible from this state on.
 * Any optional events may be part of it. Undefined if the search was given up after `longest` positions.
 */
export const hasOrder = (
  happenings: readonly HistoryEvent[],
  initial: State,
  longest = longestSearch,
): boolean | undefined => {
  const allLooks = happenings.filter(isRead);
  const laterThan = happenings.map((_, place) =>
    happenings.flatMap(({ after }, later) => (after.includes(place) ? [later] : [])),
  );
  // Optional writes that no read shows cannot help.
  const all = happenings
    .map((happening, place): Placed => ({ happening, place }))
    .filter(({ happening }) => !(happening.optional && isUnread(happening, allLooks)));
  const seen = new Set<string>();
  let tried = 0;

  const search = (position: Position): boolean | undefined => {
    const { done, state, latestStart } = position;
    tried += 1;
    if (tried > longest) return undefined;
    const rest = restOf(all, position);
    if (rest.open.every(({ happening }) => happening.optional)) return true;
    const key = `${all.map(({ place }) => (done.has(place) ? '1' : '0')).join('')} ${String(state.alive)} ${state.word ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    if (isHopeless(rest, state)) return false;
    const next = rest.open.filter((placed) => mayBeNext(placed, position, rest, { happenings, laterThan }));
    const clear = next.find((placed) => isAsWellNow(placed, rest, state));
    for (const { happening, place } of clear === undefined ? mostPromisingFirst(next, rest) : [clear]) {
      const found = search({
        done: new Set([...done, place]),
        state: stateAfter(happening, state) ?? state,
        latestStart: Math.max(latestStart, happening.start),
      });
      if (found !== false) return found;
    }
    return false;
  };

  return search({ done: new Set(), state: initial, latestStart: -Infinity });
};
