/**
 * Collects the judgements of all traces for each requirement: the outcome of a requirement depends on all of them.
 */
import type { Requirement } from '../definitions/requirement.js';
import type { Ambiguity, Finding, Judgement } from '../judging/judge.js';
import { clip, limits } from '../trace/clipping.js';
import type { Trace } from '../trace/trace.js';
import { viewOf } from '../judging/trace-view.js';
import { HarnessError, RuleError } from '../errors/errors.js';
import { defectOf, isOfDefect, keyOf, suspect, type Confirmation, type Suspicion } from './suspicion.js';

/** A judge decided nothing: it is wrong itself, or a rule that its author has written. */
export type JudgingError = HarnessError | RuleError;

export const isJudgingError = (error: unknown): error is JudgingError =>
  error instanceof HarnessError || error instanceof RuleError;

/** All that the run has learnt about one requirement. */
export interface Case {
  readonly requirement: Requirement;
  exercised: number;
  readonly suspicions: Suspicion[];
  /** What is known about the defects that were repeated, by `keyOf`. */
  readonly confirmations: Map<string, Confirmation>;
  readonly notApplicable: Set<string>;
  /** Points that the text leaves open, with the behaviour of the target, each once. */
  readonly ambiguities: Map<string, Ambiguity>;
  /** Why scenarios whose traces it reads ended early: sentences, each with its code. */
  readonly blocked: Map<string, string>;
  /** Why it cannot be judged. */
  harnessError?: JudgingError;
}

/** The findings of a whole run stay in memory, so their texts are cut to the length that a report shows. */
const bounded = (text: string): string => clip(text, limits.text);

const boundedFinding = (finding: Finding): Finding => ({
  ...finding,
  expected: bounded(finding.expected),
  actual: bounded(finding.actual),
});

const boundedAmbiguity = (ambiguity: Ambiguity): Ambiguity => ({ ...ambiguity, seen: bounded(ambiguity.seen) });

/** Judges one trace by one requirement. Throws HarnessError if the judge itself throws, and RuleError if its rule decides nothing. */
export const judgeTrace = ({ id, judging }: Requirement, trace: Trace): Judgement => {
  if (judging === undefined) throw new Error(`no judge for ${id}`);
  try {
    const { findings, ambiguities, ...judgement } = judging.judge(viewOf(trace, judging.looksAt));
    return {
      ...judgement,
      findings: findings.map(boundedFinding),
      ...(ambiguities === undefined ? {} : { ambiguities: ambiguities.map(boundedAmbiguity) }),
    };
  } catch (error) {
    if (error instanceof RuleError) throw error;
    throw HarnessError.in('judge-crashed', `judge ${id} on scenario ${trace.scenario}`, error);
  }
};

/** Whether the trace was made over another binding than the one of the requirement. */
const isOfOtherBinding = ({ needs: { binding } }: Requirement, trace: Trace): boolean =>
  binding !== undefined && binding !== 'any' && trace.binding !== undefined && trace.binding !== binding;

export const openCase = (requirement: Requirement): Case => ({
  requirement,
  exercised: 0,
  suspicions: [],
  notApplicable: new Set(),
  ambiguities: new Map(),
  confirmations: new Map(),
  blocked: new Map(),
});

/** Whether the end of this trace tells why a requirement was not exercised: one that reads all traces is tested by its first scenario. */
const tellsWhy = ({ judging }: Requirement, { scenario }: Trace): boolean =>
  judging?.from !== 'every' || judging.first === undefined || judging.first.name === scenario;

/** The first suspicion of each defect. */
const firstOfEach = (suspicions: readonly Suspicion[]): Suspicion[] => [
  ...new Map(suspicions.toReversed().map((each) => [keyOf(defectOf(each)), each])).values(),
];

/** Judges a trace that the requirement reads, and adds the judgement to the case. Returns the first suspicion of each defect that is new. */
export const addTrace = (open: Case, trace: Trace): Suspicion[] => {
  const { requirement } = open;
  // A rule that is too slow would take its time again with every trace.
  if (isOfOtherBinding(requirement, trace) || open.harnessError instanceof RuleError) return [];
  try {
    const judgement = judgeTrace(requirement, trace);
    open.exercised += judgement.exercised;
    if (judgement.notApplicable !== undefined) open.notApplicable.add(judgement.notApplicable);
    for (const ambiguity of judgement.ambiguities ?? [])
      open.ambiguities.set(ambiguity.point + ambiguity.seen, ambiguity);
    const suspicions = judgement.findings.map((finding) => suspect(requirement, trace, finding));
    const fresh = firstOfEach(suspicions).filter((first) => !open.suspicions.some(isOfDefect(defectOf(first))));
    open.suspicions.push(...suspicions);
    if (trace.blocked !== undefined && tellsWhy(requirement, trace))
      open.blocked.set(trace.blocked, trace.blockedBy ?? '');
    return fresh;
  } catch (error) {
    if (!isJudgingError(error)) throw error;
    open.harnessError ??= error;
    return [];
  }
};
