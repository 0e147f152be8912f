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

/** One kind of defect of one requirement. */
export type Defect = Pick<Suspicion, 'level'> & { readonly code: string };

export const suspect = ({ level }: Requirement, trace: Trace, finding: Finding): Suspicion => ({
  trace,
  finding,
  level: finding.level ?? level,
});

export const defectOf = ({ finding, level }: Suspicion): Defect => ({ level, code: finding.code });

export const isOfDefect =
  ({ level, code }: Defect) =>
  (suspicion: Suspicion): boolean =>
    suspicion.level === level && suspicion.finding.code === code;

/** The defects of these suspicions, each once: MUST before SHOULD, and then in the order in which they were found. */
export const defectsOf = (suspicions: readonly Suspicion[]): Defect[] => {
  const found = new Map(suspicions.map(defectOf).map((defect) => [`${defect.level} ${defect.code}`, defect]));
  const ranked = [...found.values()];
  return [...ranked.filter(({ level }) => level === 'MUST'), ...ranked.filter(({ level }) => level === 'SHOULD')];
};
