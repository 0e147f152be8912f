/**
 * Turns a suspicion into evidence: the input is run again on fresh resources and made smaller for this requirement
 * alone, and the smallest is run once more. What does not come again is flaky evidence, not a failure of the target.
 */
import fc from 'fast-check';
import type { TargetFacts } from '../../schemas/types.js';
import { isList } from '../definitions/scenario.js';
import type { Trace } from '../trace/trace.js';
import { judgeTrace, levelOf, type Case, type Suspicion } from './docket.js';
import type { Executor } from './executor.js';
import type { Exercise } from './plan.js';
import { scenarioSeed } from './seed.js';

export interface Confirmed {
  readonly type: 'confirmed';
  readonly suspicion: Suspicion;
  readonly shrinks: number;
}

export interface Flaky {
  readonly type: 'flaky';
  readonly suspicion: Suspicion;
  /** What the same input showed the last time. */
  readonly again: Trace;
}

export interface ConfirmContext {
  /** The exercise that a trace is of. */
  readonly exerciseOf: (trace: Trace) => Exercise;
  readonly facts: TargetFacts;
  readonly executor: Executor;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Whether the input is one that was made smaller before, and is to be shown as it is. */
  readonly isReplay: boolean;
}

/** What confirming one requirement may cost the target. */
const budget = {
  /** Scenarios whose first suspicion is looked into. */
  scenarios: 3,
  /** Executions of one input: what depends on timing may take more than one to come again. */
  repetitions: 3,
  /** Executions on the way to a smaller input. */
  shrinking: 24,
};

/** Where the input stands among those of its scenario: a list begins with what is plain. */
const placeOf = ({ trace }: Suspicion): number => Number.parseInt(trace.path, 10);

/**
 * The suspicion of each scenario whose input comes first, MUST before SHOULD. Where there are so few that none can count
 * as seen again, all of them: what one input shows always is not to be lost behind what another showed once.
 */
const candidates = (open: Case): Suspicion[] => {
  const { suspicions } = open;
  const level = suspicions.some((suspicion) => suspicion.level === 'MUST') ? 'MUST' : 'SHOULD';
  const provoking = open.requirement.judging?.first?.name;
  const areFew = exercisesThatShow(open, level).size < sightings;
  const first = new Map<string, Suspicion>();
  for (const suspicion of suspicions.toSorted((a, b) => placeOf(a) - placeOf(b))) {
    const { scenario, binding = '', path } = suspicion.trace;
    const key = `${scenario} ${binding} ${areFew ? path : ''}`;
    if (suspicion.level === level && !first.has(key)) first.set(key, suspicion);
  }
  const isProvoking = ({ trace }: Suspicion): number => (trace.scenario === provoking ? 0 : 1);
  return [...first.values()].sort((a, b) => isProvoking(a) - isProvoking(b)).slice(0, budget.scenarios);
};

/** A suspicion of this level of each exercise that has one. */
const exercisesThatShow = ({ suspicions }: Case, level: Suspicion['level']): Map<Trace, Suspicion> =>
  new Map(suspicions.filter((suspicion) => suspicion.level === level).map((each) => [each.trace, each] as const));

/** How many exercises showed what is wrong at this level. */
export const countExercises = (open: Case, level: Suspicion['level']): number => exercisesThatShow(open, level).size;

/** Exercises that have to show the same where none shows it when it is repeated alone. */
export const sightings = 3;

/**
 * What was found in several exercises has come again already, though no single one brings it about when nothing else
 * is asked for: a provider that confuses its clients under load does so only under load. The shortest of them is shown.
 */
const seenAgain = (open: Case, level: Suspicion['level']): Suspicion | undefined => {
  const exercises = exercisesThatShow(open, level);
  if (exercises.size < sightings) return undefined;
  return [...exercises.values()].sort((a, b) => a.trace.entries.length - b.trace.entries.length)[0];
};

/** A finding of this level in a trace. */
const findIn = (open: Case, level: Suspicion['level'], trace: Trace): Suspicion | undefined =>
  judgeTrace(open.requirement, trace)
    .findings.map((finding) => ({ trace, finding, level: levelOf(open.requirement, finding) }))
    .find((suspicion) => suspicion.level === level);

/** Runs one input until the finding comes again or the repetitions are used up. */
const repeat = async (
  open: Case,
  { trace, level }: Suspicion,
  label: string,
  { exerciseOf, executor, signal }: ConfirmContext,
): Promise<{ found: Suspicion | undefined; last: Trace | undefined }> => {
  let last: Trace | undefined;
  for (let time = 1; time <= budget.repetitions && !signal.aborted; time += 1) {
    last = await executor.execute(exerciseOf(trace), `${trace.path} ${label} ${time}`);
    const found = findIn(open, level, last);
    if (found !== undefined) return { found, last };
  }
  return { found: undefined, last };
};

/** Looks for a smaller input that shows the same; the suspicion itself where there is none. */
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
    // The first is the suspicion's own input, which was just seen to fail. Beyond the budget every candidate counts
    // as passing, which ends the shrinking where it stands.
    if (!isFirst) {
      if (left === 0 || signal.aborted) return;
      left -= 1;
      const trace = await executor.execute({ ...exercise, input }, `input ${JSON.stringify(input)}`);
      const found = findIn(open, suspicion.level, trace);
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

/** Confirms the suspicions of a case. Throws HarnessError. */
export const confirm = async (open: Case, context: ConfirmContext): Promise<Confirmed | Flaky | undefined> => {
  let flaky: Flaky | undefined;
  for (const suspicion of candidates(open)) {
    const { found, last } = await repeat(open, suspicion, 'again', context);
    // What was interrupted has not been shown not to come again.
    if (found === undefined && context.signal.aborted) return undefined;
    if (found === undefined) {
      flaky ??= { type: 'flaky', suspicion, again: last ?? suspicion.trace };
      continue;
    }
    const { smallest, shrinks } = await shrink(open, found, context);
    // Where nothing smaller was found, the repetition is the confirmation.
    if (shrinks === 0) return { type: 'confirmed', suspicion: found, shrinks };
    const again = await repeat(open, smallest, 'at last', context);
    return again.found === undefined
      ? { type: 'confirmed', suspicion: found, shrinks: 0 }
      : { type: 'confirmed', suspicion: again.found, shrinks };
  }
  const often = flaky === undefined ? undefined : seenAgain(open, flaky.suspicion.level);
  return often === undefined ? flaky : { type: 'confirmed', suspicion: often, shrinks: 0 };
};
