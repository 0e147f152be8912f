/**
 * Turns a suspicion into evidence: the input is run again on fresh resources and made smaller for this requirement
 * alone, and the smallest is run once more. What does not come again is flaky evidence, not a failure of the target.
 */
import fc from 'fast-check';
import type { TargetFacts } from '../../schemas/types.js';
import { isList } from '../definitions/scenario.js';
import type { Trace } from '../trace/trace.js';
import { judgeTrace, type Case } from './docket.js';
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
  /** Kinds of defect that are looked into. */
  defects: 5,
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
 * The suspicion of this defect of each scenario whose input comes first. Where there are so few that none can count as
 * seen again, all of them: what one input shows always is not to be lost behind what another showed once.
 */
const candidates = (open: Case, defect: Defect): Suspicion[] => {
  const provoking = open.requirement.judging?.first?.name;
  const areFew = countExercises(open, defect) < sightings;
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

/** A suspicion of this defect of each exercise that has one. */
const exercisesThatShow = ({ suspicions }: Case, defect: Defect): Map<Trace, Suspicion> =>
  new Map(suspicions.filter(isOfDefect(defect)).map((each) => [each.trace, each] as const));

/** How many exercises showed this defect. */
export const countExercises = (open: Case, defect: Defect): number => exercisesThatShow(open, defect).size;

/** Exercises that have to show the same where none shows it when it is repeated alone. */
export const sightings = 3;

/**
 * What was found in several exercises has come again already, though no single one brings it about when nothing else
 * is asked for: a provider that confuses its clients under load does so only under load. The shortest of them is shown.
 */
const seenAgain = (open: Case, defect: Defect): Suspicion | undefined => {
  const exercises = exercisesThatShow(open, defect);
  if (exercises.size < sightings) return undefined;
  return [...exercises.values()].sort((a, b) => a.trace.entries.length - b.trace.entries.length)[0];
};

/** This defect in a trace. */
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

/** Confirms one defect of a case; undefined where the run ended before that could be. Throws HarnessError. */
const confirmOne = async (
  open: Case,
  defect: Defect,
  context: ConfirmContext,
): Promise<Confirmed | Flaky | undefined> => {
  let flaky: Flaky | undefined;
  for (const suspicion of candidates(open, defect)) {
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
  const often = flaky === undefined ? undefined : seenAgain(open, defect);
  return often === undefined ? flaky : { type: 'confirmed', suspicion: often, shrinks: 0 };
};

/** What came of looking into the defects of one requirement, in the order of `defectsOf`. */
export interface Confirmation {
  readonly confirmed: readonly Confirmed[];
  readonly flaky: readonly Flaky[];
}

/** Looks into each defect of a case by itself: a known one must not hide another one. Throws HarnessError. */
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
