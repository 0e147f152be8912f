/**
 * Searches for a legal order of the operations on one resource that explains every read of it. If there is none, it
 * searches for the smallest wrong report of the provider with which there would be one.
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

/** The wrong reports that the provider may make about a single write. */
export type Misreport = Extract<Diagnosis, 'lost' | 'late' | 'failure-applied' | 'twice'>;

/** The assumptions under which reports may be wrong in this way; effects after the last read explain nothing. */
const assumptionsOf = (misreport: Misreport, reads: readonly Read[]): Assumptions => {
  const last = Math.max(0, ...reads.map(({ end }) => end));
  switch (misreport) {
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
 * Whether some legal order of the writes explains the reads. `writes` and `reads` are those of one resource. If none of
 * the writes creates it, it existed before them. A search that was given up counts as explained, so that it causes no
 * finding.
 */
export const isExplained = (writes: readonly Write[], reads: readonly Read[]): boolean =>
  hasOrder(happeningsOf(writes, reads), initialOf(writes)) !== false;

/** The cause of the reads of one resource; `writes` and `reads` as for `isExplained`. */
export const diagnose = (writes: readonly Write[], reads: readonly Read[]): Diagnosis => {
  if (isExplained(writes, reads)) return 'explained';
  // A search that was given up does not prove a cause.
  const explainedBy = (assumed: Assumptions): boolean =>
    hasOrder(happeningsOf(writes, reads, assumed), initialOf(writes)) === true;
  const explainedByMisreport = (misreport: Misreport, more: Assumptions = {}): boolean =>
    explainedBy({ ...assumptionsOf(misreport, reads), ...more });
  const isDisordered = (): boolean => explainedBy({ anyBulkOrder: true });
  // A write that no read shows is lost, unless another order within its bulk request explains the reads, too.
  if (explainedByMisreport('lost')) return isDisordered() ? 'disordered' : 'lost';
  if (explainedByMisreport('late')) return 'late';
  if (isDisordered()) return 'disordered';
  if (explainedByMisreport('failure-applied')) return 'failure-applied';
  if (explainedByMisreport('twice')) return 'twice';
  // If a wrong 404 to a write explains everything, no cause in the effects of writes is named.
  const absenceMayLie = true;
  if (explainedBy({ absenceMayLie })) return 'unexplained';
  if (explainedByMisreport('late', { absenceMayLie })) return 'late';
  if (explainedByMisreport('failure-applied', { absenceMayLie })) return 'failure-applied';
  return 'unexplained';
};

/** The limit of a search for one write: it is small, because there may be many writes. */
const shortSearch = 2000;

/** The writes for each of which a wrong report about it alone explains the reads. */
export const misreportedAlone = (misreport: Misreport, writes: readonly Write[], reads: readonly Read[]): Write[] => {
  const reported = misreport === 'failure-applied' ? 'failure' : 'success';
  return writes
    .filter(({ outcome }) => outcome === reported)
    .filter((by) => {
      const assumed = { ...assumptionsOf(misreport, reads), by };
      return hasOrder(happeningsOf(writes, reads, assumed), initialOf(writes), shortSearch) === true;
    });
};
