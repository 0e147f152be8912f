/**
 * Turns a suspicion into evidence: runs the input again on fresh resources, makes it smaller for this requirement alone,
 * and runs the smallest input once more. A defect that does not come again is flaky evidence, not a failure of the target.
 */
import fc from 'fast-check';
import type { TargetFacts } from '../../schemas/types.js';
import { isList } from '../definitions/scenario.js';
import type { Trace } from '../trace/trace.js';
import { judgeTrace, type Case } from './case.js';
import type { Executor } from './executor.js';
import type { Exercise } from './plan.js';
import { scenarioSeed } from './seed.js';
import { defectOf, defectsOf, isOfDefect, suspect, type Defect, type Suspicion } from './suspicion.js';

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

export interface ConfirmContext {
  /** Finds the exercise that made a trace. */
  readonly exerciseOf: (trace: Trace) => Exercise;
  readonly facts: TargetFacts;
  readonly executor: Executor;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Whether a former run made the input smaller already, so that it is not made smaller again. */
  readonly isReplay: boolean;
}

/** Limits for confirming one requirement, so that the target does not get too many requests. */
const budget = {
  /** Number of different defects that are confirmed. */
  defects: 5,
  /** Number of scenarios whose first suspicion is tried. */
  scenarios: 3,
  /** Executions of one input: a defect that depends on timing may need more than one. */
  repetitions: 3,
  /** Executions for finding a smaller input. */
  shrinking: 24,
};

/** The place of the input among those of its scenario: in a list the simple inputs come first. */
const placeOf = ({ trace }: Suspicion): number => Number.parseInt(trace.path, 10);

/**
 * For each scenario, the suspicion of this defect with the first input. If fewer exercises than `sightings` show the
 * defect, all of them: one input may show it always, and another one may have shown it only once.
 */
const candidates = (open: Case, defect: Defect): Suspicion[] => {
  const provoking = open.requirement.judging?.first?.name;
  const areFew = countExercises(open, defect) < enoughExercises;
  const first = new Map<string, Suspicion>();
  const suspicions = open.suspicions.filter(isOfDefect(defect)).sort((a, b) => placeOf(a) - placeOf(b));
  for (const suspicion of suspicions) {
    const { scenario, binding = '', path } = suspicion.trace;
    const key = `${scenario} ${binding} ${areFew ? path : ''}`;
    if (!first.has(key)) first.set(key, suspicion);
  }
  const isProvoking = ({ trace }: Suspicion): number => (trace.scenario === provoking ? 0 : 1);
  return [...first.values()].sort((a, b) => isProvoking(a) - isProvoking(b)).slice(0, budget.scenarios);
};

/** One suspicion of this defect for each trace that shows it. */
const suspicionByTrace = ({ suspicions }: Case, defect: Defect): Map<Trace, Suspicion> =>
  new Map(suspicions.filter(isOfDefect(defect)).map((each) => [each.trace, each] as const));

/** How many exercises showed this defect. */
export const countExercises = (open: Case, defect: Defect): number => suspicionByTrace(open, defect).size;

/** A defect that does not come again when its input is repeated alone has to be seen in this number of exercises. */
export const enoughExercises = 3;

/**
 * A defect that several exercises show counts as seen again, even if no input shows it when it is repeated alone: some
 * defects occur only under load. Returns the suspicion with the shortest trace.
 */
const seenAgain = (open: Case, defect: Defect): Suspicion | undefined => {
  const exercises = suspicionByTrace(open, defect);
  if (exercises.size < enoughExercises) return undefined;
  return [...exercises.values()].sort((a, b) => a.trace.entries.length - b.trace.entries.length)[0];
};

/** A suspicion of this defect in a trace. */
const findIn = ({ requirement }: Case, defect: Defect, trace: Trace): Suspicion | undefined =>
  judgeTrace(requirement, trace)
    .findings.map((finding) => suspect(requirement, trace, finding))
    .find(isOfDefect(defect));

/** Runs one input until the same defect shows again or the repetitions are used up. */
const repeat = async (
  open: Case,
  suspicion: Suspicion,
  label: string,
  { exerciseOf, executor, signal }: ConfirmContext,
): Promise<{ found: Suspicion | undefined; last: Trace | undefined }> => {
  const { trace } = suspicion;
  let last: Trace | undefined;
  for (let time = 1; time <= budget.repetitions && !signal.aborted; time += 1) {
    last = await executor.execute(exerciseOf(trace), `${trace.path} ${label} ${time}`);
    const found = findIn(open, defectOf(suspicion), last);
    if (found !== undefined) return { found, last };
  }
  return { found: undefined, last };
};

/** Searches for a smaller input that shows the same defect; returns the suspicion itself if there is none. */
const shrink = async (
  open: Case,
  suspicion: Suspicion,
  { exerciseOf, facts, executor, seed, signal, isReplay }: ConfirmContext,
): Promise<{ smallest: Suspicion; shrinks: number }> => {
  const exercise = exerciseOf(suspicion.trace);
  const { scenario, turn } = exercise;
  const inputs = scenario.inputs(facts, turn);
  if (isList(inputs) || isReplay) return { smallest: suspicion, shrinks: 0 };
  let left = budget.shrinking;
  let smallest = suspicion;
  let isFirst = true;
  const property = fc.asyncProperty(inputs, async (input) => {
    // The first input is that of the suspicion, which has just failed. When the budget is used up, every candidate counts
    // as passing, so that fast-check ends with the smallest input that it has.
    if (!isFirst) {
      if (left === 0 || signal.aborted) return;
      left -= 1;
      const trace = await executor.execute({ ...exercise, input }, `input ${JSON.stringify(input)}`);
      const found = findIn(open, defectOf(suspicion), trace);
      if (found === undefined) return;
      smallest = found;
    }
    isFirst = false;
    throw new Error('found again');
  });
  const { path } = suspicion.trace;
  const details = await fc.check(property, { seed: scenarioSeed(seed, scenario.name), path, numRuns: 1 });
  const trace = { ...smallest.trace, path: details.counterexamplePath ?? path };
  return { smallest: { ...smallest, trace }, shrinks: details.numShrinks };
};

/** Confirms one defect of a case; undefined if the run was interrupted before. Throws HarnessError. */
const confirmOne = async (
  open: Case,
  defect: Defect,
  context: ConfirmContext,
): Promise<Confirmed | Flaky | undefined> => {
  let flaky: Flaky | undefined;
  for (const suspicion of candidates(open, defect)) {
    const { found, last } = await repeat(open, suspicion, 'again', context);
    // After an interruption it is unknown whether the defect would have come again.
    if (found === undefined && context.signal.aborted) return undefined;
    if (found === undefined) {
      flaky ??= { type: 'flaky', suspicion, again: last ?? suspicion.trace };
      continue;
    }
    const { smallest, shrinks } = await shrink(open, found, context);
    // If no smaller input was found, the repetition is the confirmation.
    if (shrinks === 0) return { type: 'confirmed', suspicion: found, shrinks };
    const again = await repeat(open, smallest, 'at last', context);
    return again.found === undefined
      ? { type: 'confirmed', suspicion: found, shrinks: 0 }
      : { type: 'confirmed', suspicion: again.found, shrinks };
  }
  const again = flaky === undefined ? undefined : seenAgain(open, defect);
  return again === undefined ? flaky : { type: 'confirmed', suspicion: again, shrinks: 0 };
};

/** The defects of one requirement that were confirmed, and those that did not come again, in the order of `defectsOf`. */
export interface Confirmation {
  readonly confirmed: readonly Confirmed[];
  readonly flaky: readonly Flaky[];
}

/** Confirms each defect of a case separately, because a known one must not hide another one. Throws HarnessError. */
export const confirm = async (open: Case, context: ConfirmContext): Promise<Confirmation> => {
  const confirmed: Confirmed[] = [];
  const flaky: Flaky[] = [];
  for (const defect of defectsOf(open.suspicions).slice(0, budget.defects)) {
    const found = await confirmOne(open, defect, context);
    if (found?.type === 'confirmed') confirmed.push(found);
    if (found?.type === 'flaky') flaky.push(found);
  }
  return { confirmed, flaky };
};
