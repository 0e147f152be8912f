/** A judge is a pure function from a trace to a judgement, so that a recorded run can be judged again. */
import type { Exchange } from '../../schemas/types.js';
import type { Level } from '../contract/requirement-row.js';
import type { TraceView } from './trace-view.js';

export interface Finding<Code extends string = string> {
  /** Stable, kebab-case, unique in its requirement, which lists it with its meaning. */
  readonly code: Code;
  /** The level of the requirement, unless the profile has a lower level for this point. */
  readonly level?: Level;
  /** Completes «expected …». */
  readonly expected: string;
  /** Completes «but …». */
  readonly actual: string;
  /** The exchanges that show it; the last one shows the defect itself. */
  readonly exchanges: readonly Exchange[];
}

/** A point that the source leaves open or contradicts: it is reported with both readings, and is never a failure (profile §5). */
export interface Ambiguity {
  /** The open question, as a clause: «what … is». */
  readonly point: string;
  readonly readings: readonly [string, string];
  /** What the target does, as a clause. */
  readonly seen: string;
}

export interface Judgement<Code extends string = string> {
  /** How many observations were judged; with 0 the outcome is never `pass`. */
  readonly exercised: number;
  readonly findings: readonly Finding<Code>[];
  /** Open points of the text at which the behaviour of the target was seen. */
  readonly ambiguities?: readonly Ambiguity[];
  /** Why the requirement does not apply to this target, as a sentence: the outcome is `skip` and not `inconclusive`. */
  readonly notApplicable?: string;
}

export type Judge<Code extends string = string> = (trace: TraceView) => Judgement<Code>;

type Ruling<Code extends string> = Finding<Code> | readonly Finding<Code>[] | undefined;

const listOf = <Code extends string>(ruling: Ruling<Code>): readonly Finding<Code>[] => {
  if (ruling === undefined) return [];
  return 'expected' in ruling ? [ruling] : ruling;
};

/** Judges each item by one rule; every item counts as exercised. */
export const judgeEach = <T, Code extends string>(
  items: readonly T[],
  rule: (item: T, index: number) => Ruling<Code>,
): Judgement<Code> => ({
  exercised: items.length,
  findings: items.flatMap((item, index) => listOf(rule(item, index))),
});

/** Combines several judgements. */
export const together = <Code extends string>(...judgements: Judgement<Code>[]): Judgement<Code> => {
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

export const notApplicable = (reason: string): Judgement<never> => ({
  exercised: 0,
  findings: [],
  notApplicable: reason,
});

/** A judge that uses another judge for the traces of one scenario. */
export const except =
  <Code extends string>(scenario: { readonly name: string }, special: Judge<Code>, usual: Judge<Code>): Judge<Code> =>
  (view) =>
    view.isOf(scenario) ? special(view) : usual(view);
