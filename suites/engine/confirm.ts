/**
 * Turns a suspicion into evidence: runs the input again on fresh resources, makes it smaller for this requirement alone,
 * and runs the smallest input once more. A defect that does not come again is flaky evidence, not a failure of the target.
 * If a repetition is throttled or cut short, nothing is known about the defect, and it is not called flaky.
 */
import fc from 'fast-check';
import type { TargetFacts } from '../../schemas/types.js';
import { isList } from '../definitions/scenario.js';
import type { Trace } from '../trace/trace.js';
import type { Case } from './case.js';
import { connectionsLost, type Losses } from './losses.js';
import { findIn, repeat, type RepeatContext } from './repeat.js';
import { scenarioSeed } from './seed.js';
import {
  defectOf,
  defectsOf,
  isOfDefect,
  keyOf,
  type Confirmation,
  type Defect,
  type Flaky,
  type Suspicion,
  type Unknown,
} from './suspicion.js';

export interface ConfirmContext extends RepeatContext {
  readonly facts: TargetFacts;
  readonly seed: number;
  readonly losses: Losses;
  /** Whether a former run made the input smaller already, so that it is not made smaller again. */
  readonly isReplay: boolean;
  /** Called for each defect when it is known what its repetitions showed. */
  readonly onRepeated: (defect: Defect, confirmation: Confirmation) => void;
}

/** Limits for confirming one requirement, so that the target does not get too many requests. */
const budget = {
  /** Number of different defects that are confirmed. */
  defects: 5,
  /** Number of scenarios whose first suspicion is tried. */
  scenarios: 3,
  /** Executions for finding a smaller input. */
  shrinking: 24,
};

/** The place of the input among those of its scenario: in a list the simple inputs come first. */
const placeOf = ({ trace }: Suspicion): number => Number.parseInt(trace.path, 10);

/** One suspicion of this defect for each trace that shows it. */
const suspicionByTrace = ({ suspicions }: Case, defect: Defect): Map<Trace, Suspicion> =>
  new Map(suspicions.filter(isOfDefect(defect)).map((each) => [each.trace, each] as const));

/** How many exercises showed this defect. */
export const countExercises = (open: Case, defect: Defect): number => suspicionByTrace(open, defect).size;

/** A defect that does not come again when its input is repeated alone has to be seen in this number of exercises. */
export const enoughExercises = 3;

/** One suspicion for each exercise that shows this defect, without those during which connections were lost. */
const undisturbed = (open: Case, defect: Defect, losses: Losses): Suspicion[] =>
  [...suspicionByTrace(open, defect).values()].filter(({ trace }) => !losses.isDisturbed(trace));

/**
 * For each scenario, the suspicion of this defect with the first input. If fewer exercises than `sightings` show the
 * defect, all of them: one input may show it always, and another one may have shown it only once.
 */
const candidates = (open: Case, defect: Defect, losses: Losses): Suspicion[] => {
  const provoking = open.requirement.judging?.first?.name;
  const areFew = undisturbed(open, defect, losses).length < enoughExercises;
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

/**
 * A defect that several exercises show counts as seen again, even if no input shows it when it is repeated alone: some
 * defects occur only under load. Exercises during which connections were lost do not count. Returns the suspicion with the shortest trace.
 */
const seenAgain = (open: Case, defect: Defect, losses: Losses): Suspicion | undefined => {
  const exercises = undisturbed(open, defect, losses);
  if (exercises.length < enoughExercises) return undefined;
  return exercises.sort((a, b) => a.trace.entries.length - b.trace.entries.length)[0];
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
      const found = trace === undefined ? undefined : findIn(open, defectOf(suspicion), trace).found;
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

/** Confirms one defect of a case. Throws HarnessError. */
const confirmOne = async (open: Case, defect: Defect, context: ConfirmContext): Promise<Confirmation> => {
  const tried = candidates(open, defect, context.losses);
  let doubt: Flaky | Unknown | undefined;
  for (const suspicion of tried) {
    const repeated = await repeat(open, suspicion, 'again', context);
    if (repeated.found === undefined) {
      if ('last' in repeated && context.losses.isDisturbed(suspicion.trace)) {
        if (doubt?.type !== 'unknown') doubt = { type: 'unknown', suspicion, why: connectionsLost };
        continue;
      }
      // If only one of several inputs could be repeated, it is still unknown whether another one shows the defect again.
      if ('obstacle' in repeated) doubt = { type: 'unknown', suspicion, why: repeated.obstacle };
      else doubt ??= { type: 'flaky', suspicion, again: repeated.last };
      continue;
    }
    const { smallest, shrinks } = await shrink(open, repeated.found, context);
    // If no smaller input was found, the repetition is the confirmation.
    if (shrinks === 0) return { type: 'confirmed', suspicion: repeated.found, shrinks };
    const again = await repeat(open, smallest, 'at last', context);
    return again.found === undefined
      ? { type: 'confirmed', suspicion: repeated.found, shrinks: 0 }
      : { type: 'confirmed', suspicion: again.found, shrinks };
  }
  if (doubt === undefined) throw new Error('a defect without a suspicion');
  return doubt;
};

/**
 * Confirms each defect of a case separately, because a known one must not hide another one. Defects of an earlier call are
 * not confirmed again. Throws HarnessError.
 */
export const confirm = async (open: Case, context: ConfirmContext): Promise<void> => {
  const fresh = defectsOf(open.suspicions).filter((defect) => !open.confirmations.has(keyOf(defect)));
  for (const defect of fresh.slice(0, budget.defects)) {
    const confirmation = await confirmOne(open, defect, context);
    open.confirmations.set(keyOf(defect), confirmation);
    context.onRepeated(defect, confirmation);
  }
};

/** What is known about the defects of a case now, in the order of `defectsOf`. */
export const confirmationsOf = (open: Case, losses: Losses): Confirmation[] =>
  defectsOf(open.suspicions).flatMap((defect) => {
    const known = open.confirmations.get(keyOf(defect));
    const again = known?.type === 'confirmed' ? undefined : seenAgain(open, defect, losses);
    return again === undefined ? (known ?? []) : [{ type: 'confirmed', suspicion: again, shrinks: 0 }];
  });
