/** What a judge is: a pure function from a trace to what it exercised and what it found wrong. */
import type { Exchange } from '../../schemas/types.js';
import type { Level } from '../catalogue/requirement.js';
import type { Kept, TraceView } from '../trace/trace-view.js';

export interface Finding {
  /** The requirement's own level unless the profile grades this point lower. */
  readonly level?: Level;
  /** Completes «expected …». */
  readonly expected: string;
  /** Completes «but …». */
  readonly actual: string;
  /** The exchanges that show it, the telling one last. */
  readonly exchanges: readonly Exchange[];
}

/** A point on which the source is silent or contradicts itself: reported with its readings, never failed (profile §5). */
export interface Ambiguity {
  /** What it is about, as a clause: «what … is». */
  readonly point: string;
  readonly readings: readonly [string, string];
  /** What the target does, as a clause. */
  readonly seen: string;
}

export interface Judgement {
  /** How many observations were judged; 0 never is a pass. */
  readonly exercised: number;
  readonly findings: readonly Finding[];
  /** What the text leaves open, or contradicts itself about, and the target did in one way. */
  readonly ambiguities?: readonly Ambiguity[];
  /** Why the requirement does not apply to this target, as a sentence: the outcome is `skip` and not `inconclusive`. */
  readonly notApplicable?: string;
}

export type Judge = (trace: TraceView) => Judgement;

export interface JudgeEntry {
  /** Names of the scenarios whose traces it reads; `every`: of all. */
  readonly from: readonly string[] | 'every';
  /** The scenario that brings it about for certain: what it shows is confirmed before what others have met with. */
  readonly first?: string;
  readonly judge: Judge;
  /** Answers of which it may judge; `whole` where absent. */
  readonly looksAt?: Kept;
}

type Ruling = Finding | readonly Finding[] | undefined;

const listOf = (ruling: Ruling): readonly Finding[] => {
  if (ruling === undefined) return [];
  return 'expected' in ruling ? [ruling] : ruling;
};

/** Judges each item by one rule; every item counts as exercised. */
export const judgeEach = <T>(items: readonly T[], rule: (item: T, index: number) => Ruling): Judgement => ({
  exercised: items.length,
  findings: items.flatMap((item, index) => listOf(rule(item, index))),
});

/** Several judgements as one. */
export const together = (...judgements: Judgement[]): Judgement => {
  const notApplicable = judgements.find((judgement) => judgement.notApplicable !== undefined)?.notApplicable;
  const exercised = judgements.reduce((sum, judgement) => sum + judgement.exercised, 0);
  const ambiguities = judgements.flatMap((judgement) => judgement.ambiguities ?? []);
  return {
    exercised,
    findings: judgements.flatMap((judgement) => judgement.findings),
    ...(ambiguities.length === 0 ? {} : { ambiguities }),
    ...(notApplicable === undefined || exercised > 0 ? {} : { notApplicable }),
  };
};

export const notApplicable = (reason: string): Judgement => ({ exercised: 0, findings: [], notApplicable: reason });
