/** A finding in one trace is a suspicion until it is confirmed; two of them are the same defect if code and level are equal. */
import type { Level } from '../contract/requirement-row.js';
import type { Requirement } from '../definitions/requirement.js';
import type { Finding } from '../judging/judge.js';
import type { Trace } from '../trace/trace.js';

export interface Suspicion {
  readonly trace: Trace;
  readonly finding: Finding;
  readonly level: Level;
}

export interface Confirmed {
  readonly type: 'confirmed';
  readonly suspicion: Suspicion;
  readonly shrinks: number;
}

export interface Flaky {
  readonly type: 'flaky';
  readonly suspicion: Suspicion;
  /** The trace of the last execution of the same input. */
  readonly again: Trace;
}

/** Why something could not be learnt. */
export interface Obstacle {
  /** A code of `Blocked` (docs/errors.md). */
  readonly code: string;
  /** As a sentence. */
  readonly reason: string;
}

/** No repetition could show whether the defect comes again. */
export interface Unknown {
  readonly type: 'unknown';
  readonly suspicion: Suspicion;
  readonly why: Obstacle;
}

/** What is known about one defect. */
export type Confirmation = Confirmed | Flaky | Unknown;

/** One kind of defect of one requirement. */
export type Defect = Pick<Suspicion, 'level'> & { readonly code: string };

export const suspect = ({ level }: Requirement, trace: Trace, finding: Finding): Suspicion => ({
  trace,
  finding,
  level: finding.level ?? level,
});

/** A name of a defect that is unique in its requirement. */
export const keyOf = ({ level, code }: Defect): string => `${level} ${code}`;

export const defectOf = ({ finding, level }: Suspicion): Defect => ({ level, code: finding.code });

export const isOfDefect =
  ({ level, code }: Defect) =>
  (suspicion: Suspicion): boolean =>
    suspicion.level === level && suspicion.finding.code === code;

/** The defects of these suspicions, each once: MUST before SHOULD, and then in the order in which they were found. */
export const defectsOf = (suspicions: readonly Suspicion[]): Defect[] => {
  const found = new Map(suspicions.map(defectOf).map((defect) => [keyOf(defect), defect]));
  const ranked = [...found.values()];
  return [...ranked.filter(({ level }) => level === 'MUST'), ...ranked.filter(({ level }) => level === 'SHOULD')];
};
