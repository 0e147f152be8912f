/**
 * Looks for a legal order of the operations on one resource that explains every read of it, and where there is none,
 * for the smallest lie of the provider that would make one.
 */
import { happeningsOf, type Assumptions, type State } from './happening.js';
import { hasOrder } from './has-order.js';
import type { Read, Write } from './history.js';

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

/** The lies that one write alone can tell. */
export type Lie = Extract<Diagnosis, 'lost' | 'late' | 'failure-applied' | 'twice'>;

/** What is assumed where writes may lie so: nothing that comes after the last read explains one. */
const assumptionsOf = (lie: Lie, reads: readonly Read[]): Assumptions => {
  const last = Math.max(0, ...reads.map(({ end }) => end));
  switch (lie) {
    case 'lost':
      return { mayBeLost: true };
    case 'late':
      return { lateUntil: last };
    case 'failure-applied':
      return { failedMayApplyUntil: last };
    case 'twice':
      return { twiceUntil: last };
  }
};

const initialOf = (writes: readonly Write[]): State => ({
  alive: !writes.some(({ method }) => method === 'POST'),
  word: undefined,
});

/**
 * Whether some legal order of the writes explains the reads. `writes` and `reads` are those of one resource; it exists
 * before them where none of the writes creates it. A search that was given up accuses nobody.
 */
export const isExplained = (writes: readonly Write[], reads: readonly Read[]): boolean =>
  hasOrder(happeningsOf(writes, reads), initialOf(writes)) !== false;

/** Why the reads of one resource are what they are; `writes` and `reads` as for `isExplained`. */
export const diagnose = (writes: readonly Write[], reads: readonly Read[]): Diagnosis => {
  if (isExplained(writes, reads)) return 'explained';
  // Nor is a search that was given up a reason to name.
  const explainedBy = (assumed: Assumptions): boolean =>
    hasOrder(happeningsOf(writes, reads, assumed), initialOf(writes)) === true;
  const explainedByLie = (lie: Lie, more: Assumptions = {}): boolean =>
    explainedBy({ ...assumptionsOf(lie, reads), ...more });
  const isDisordered = (): boolean => explainedBy({ anyBulkOrder: true });
  // What was never seen is lost, unless another order within its bulk request explains that too.
  if (explainedByLie('lost')) return isDisordered() ? 'disordered' : 'lost';
  if (explainedByLie('late')) return 'late';
  if (isDisordered()) return 'disordered';
  if (explainedByLie('failure-applied')) return 'failure-applied';
  if (explainedByLie('twice')) return 'twice';
  // An answer of 404 that contradicts the reads says nothing of writes, unless those contradict one another as well.
  const absenceMayLie = true;
  if (explainedBy({ absenceMayLie })) return 'unexplained';
  if (explainedByLie('late', { absenceMayLie })) return 'late';
  if (explainedByLie('failure-applied', { absenceMayLie })) return 'failure-applied';
  return 'unexplained';
};

/** A search for one write of many may try this much: there may be many. */
const shortSearch = 2000;

/** The writes that may be the only one that lied, where a lie of one is enough. */
export const liarsOf = (lie: Lie, writes: readonly Write[], reads: readonly Read[]): Write[] => {
  const reported = lie === 'failure-applied' ? 'failure' : 'success';
  return writes
    .filter(({ outcome }) => outcome === reported)
    .filter((by) => {
      const assumed = { ...assumptionsOf(lie, reads), by };
      return hasOrder(happeningsOf(writes, reads, assumed), initialOf(writes), shortSearch) === true;
    });
};
