/** A requirement as data: one row of docs/profile.md §4. */
import type { Citation } from './citation.js';
import type { Needs } from './needs.js';

export type Level = 'MUST' | 'SHOULD';

export interface RequirementRow {
  /** Stable: never reused, never renumbered. */
  readonly id: string;
  /** The first profile that has it. */
  readonly since: '1.0' | '1.1';
  readonly level: Level;
  readonly title: string;
  readonly source: readonly Citation[];
  readonly needs: Needs;
  /** Judged on synchronous requests if the target serves no asynchronous binding, although `needs` names one. */
  readonly alsoSynchronous?: boolean;
}

/** `STAT-03` → `STAT`. */
export const groupOf = (id: string): string => id.slice(0, id.indexOf('-'));
