/**
 * Looks for a legal order of the operations on one resource that explains every read of it (linearizability, as
 * Herlihy and Wing define it and Wing and Gong search for it), and where there is none, for the smallest lie that
 * would make one.
 */
import type { Read, Write } from './history.js';

/** What a resource is at one moment. */
interface State {
  readonly alive: boolean;
  readonly word: string | undefined;
}

interface Step {
  /** Not before, and not after. */
  readonly start: number;
  readonly end: number;
  /** Whether the order may do without it. */
  readonly optional: boolean;
  /** Places of the steps that have to come before it. */
  readonly after: readonly number[];
  /** The word that it writes or reads. */
  readonly word: string | undefined;
  /** Whether it leaves the state as it is. */
  readonly isRead: boolean;
  /** The state that it leaves; undefined where it cannot happen in this one. */
  readonly apply: (state: State) => State | undefined;
}

/** How much the search may try before it gives up. */
const longestSearch = 20_000;

interface Placed {
  readonly step: Step;
  readonly place: number;
}

/**
 * The steps in the order in which they are worth trying: writes that nobody reads are harmless before any other, and
 * then the write that the next read wants.
 */
const byPromise = (open: readonly Placed[]): Placed[] => {
  const reads = open.filter(({ step }) => step.isRead).sort((a, b) => a.step.end - b.step.end);
  const wanted = new Set(reads.map(({ step }) => step.word));
  const rank = ({ step }: Placed): number => {
    if (step.isRead) return 0;
    if (step.word !== undefined && !wanted.has(step.word) && !step.optional) return 1;
    return step.word === reads[0]?.step.word ? 2 : 3;
  };
  return [...open].sort((a, b) => rank(a) - rank(b));
};

/** Whether some order explains the steps; undefined where the search was given up. */
const hasOrder = (steps: readonly Step[], initial: State): boolean | undefined => {
  const seen = new Set<string>();
  let tried = 0;
  const search = (done: ReadonlySet<number>, state: State, latestStart: number): boolean | undefined => {
    tried += 1;
    if (tried > longestSearch) return undefined;
    const open = steps.map((step, place) => ({ step, place })).filter(({ place }) => !done.has(place));
    const demanded = open.filter(({ step }) => !step.optional);
    if (demanded.length === 0) return true;
    const key = `${[...done].sort((a, b) => a - b).join()}|${String(state.alive)}|${state.word ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const firstEnd = Math.min(...demanded.map(({ step }) => step.end));
    let gaveUp = false;
    for (const { step, place } of byPromise(open)) {
      // An optional step whose time is over is left out for good.
      if (step.start > firstEnd || step.end < latestStart) continue;
      if (step.after.some((before) => !done.has(before) && steps[before]?.optional !== true)) continue;
      const next = step.apply(state);
      if (next === undefined) continue;
      const found = search(new Set([...done, place]), next, Math.max(latestStart, step.start));
      if (found === true) return true;
      if (found === undefined) gaveUp = true;
      // A read that fits now changes nothing: no other order is better, save for a step that has to come before it.
      const isFree = step.isRead && !open.some((other) => other.step.optional && other.step.end < step.start);
      if (isFree) return found;
    }
    return gaveUp ? undefined : false;
  };
  return search(new Set(), initial, -Infinity);
};

/** What may be assumed of the provider beyond what it says. */
interface Assumptions {
  /** Operations of one bulk request take effect in any order. */
  readonly anyBulkOrder?: boolean;
  /** A failed operation may take effect. */
  readonly failedMayApply?: boolean;
  /** A successful operation may take effect later than it was said to be completed, up to this time. */
  readonly lateUntil?: number;
  /** A successful operation may take effect a second time, up to this time. */
  readonly twiceUntil?: number;
  /** A successful operation may have no effect. */
  readonly mayBeLost?: boolean;
}

const effectOf =
  ({ method, word }: Write): Step['apply'] =>
  (state) => {
    switch (method) {
      case 'POST':
        return state.alive ? undefined : { alive: true, word };
      case 'DELETE':
        return state.alive ? { alive: false, word: undefined } : undefined;
      default:
        return state.alive ? { alive: true, word: word ?? state.word } : undefined;
    }
  };

const stepsOf = (writes: readonly Write[], reads: readonly Read[], assumed: Assumptions): Step[] => {
  const steps: Step[] = [];
  const placeOf = new Map<Write, number>();
  for (const write of writes) {
    const earlier =
      assumed.anyBulkOrder === true || write.submission === undefined
        ? []
        : writes
            .filter(({ submission, index }) => submission === write.submission && index < write.index)
            .flatMap((before) => placeOf.get(before) ?? []);
    if (write.outcome === 'failure' && assumed.failedMayApply !== true) {
      // What failed because it was not there, or was there, says so; other failures say nothing of the state.
      if (write.status === '404' && assumed.lateUntil === undefined) {
        placeOf.set(write, steps.length);
        steps.push({
          start: write.start,
          end: write.end,
          optional: false,
          after: earlier,
          word: undefined,
          isRead: true,
          apply: (state) => (state.alive ? undefined : state),
        });
      }
      continue;
    }
    const place = steps.length;
    placeOf.set(write, place);
    steps.push({
      start: write.start,
      end: assumed.lateUntil === undefined ? write.end : Math.max(write.end, assumed.lateUntil),
      optional: write.outcome !== 'success' || assumed.mayBeLost === true,
      after: earlier,
      word: write.word,
      isRead: false,
      apply: effectOf(write),
    });
    if (assumed.twiceUntil !== undefined && write.outcome === 'success' && write.method !== 'POST') {
      steps.push({
        start: write.start,
        end: Math.max(write.end, assumed.twiceUntil),
        optional: true,
        after: [place],
        word: write.word,
        isRead: false,
        apply: effectOf(write),
      });
    }
  }
  for (const read of reads) {
    steps.push({
      start: read.start,
      end: read.end,
      optional: false,
      after: [],
      word: read.words[0],
      isRead: true,
      apply: (state) => {
        if (read.present !== state.alive) return undefined;
        const [word] = read.words;
        // Before the first write it may hold anything, save what is only written later.
        const isInitial = state.word === undefined && !writes.some((write) => write.word === word);
        return word === undefined || isInitial || word === state.word ? state : undefined;
      },
    });
  }
  return steps;
};

export type Diagnosis =
  | 'explained'
  /** Operations of one bulk request were applied out of order. */
  | 'disordered'
  /** A failed operation had an effect. */
  | 'failure-applied'
  /** An effect was seen, but later than the completion. */
  | 'late'
  /** An effect came a second time. */
  | 'twice'
  /** A successful operation had no effect. */
  | 'lost'
  | 'unexplained';

/**
 * Why the reads of one resource are what they are. `writes` and `reads` are those of this resource; it exists before
 * them where none of the writes creates it.
 */
export const diagnose = (writes: readonly Write[], reads: readonly Read[]): Diagnosis => {
  const initial: State = { alive: !writes.some(({ method }) => method === 'POST'), word: undefined };
  // Late is what the last read has seen after all.
  const lastStart = Math.max(0, ...reads.map(({ start }) => start)) - 0.001;
  const last = Math.max(0, ...reads.map(({ end }) => end));
  const orderUnder = (assumed: Assumptions): boolean | undefined => hasOrder(stepsOf(writes, reads, assumed), initial);
  // A search that was given up accuses nobody, neither of a contradiction nor of its reason.
  if (orderUnder({}) !== false) return 'explained';
  const explainedBy = (assumed: Assumptions): boolean => orderUnder(assumed) === true;
  const isDisordered = (): boolean => explainedBy({ anyBulkOrder: true });
  // What was never seen is lost, unless another order within its bulk request explains that too.
  if (explainedBy({ mayBeLost: true })) return isDisordered() ? 'disordered' : 'lost';
  if (explainedBy({ lateUntil: lastStart })) return 'late';
  if (isDisordered()) return 'disordered';
  if (explainedBy({ failedMayApply: true })) return 'failure-applied';
  if (explainedBy({ twiceUntil: last })) return 'twice';
  return 'unexplained';
};
