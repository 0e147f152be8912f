/** Executes the plan on a target, and judges the traces. */
import type { RequirementResult, Settings } from '../../schemas/types.js';
import { inParallel } from '../concurrency/in-parallel.js';
import type { Profile } from '../definitions/profile.js';
import type { Requirement } from '../definitions/requirement.js';
import { HarnessError, Unreachable } from '../errors/errors.js';
import type { Listener } from '../events.js';
import type { RunContext } from '../session/run-context.js';
import { createExecutor, type Executor } from './executor.js';
import type { RunCases } from './run-cases.js';
import type { Meeting } from './meet-target.js';
import { planOf, type Exercise } from './plan.js';

/** Number of exercises that run at the same time for each exchange that may be in flight. */
const exercisesPerExchange = 8;

export interface ExerciseOptions {
  readonly context: RunContext;
  readonly meeting: Meeting;
  readonly cases: RunCases;
  readonly profile: Profile;
  readonly selected: readonly Requirement[];
  readonly settings: Settings;
  readonly emit: Listener;
}

/** Throws Unreachable if the target refuses the credential since some moment: what was found after it is not a failure. */
const throwIfCredentialLost = ({ admission }: RunContext): void => {
  if (admission.lost !== undefined) throw new Unreachable('credential-lost', admission.lost);
};

const executeOne = async ({ cases, emit }: ExerciseOptions, executor: Executor, exercise: Exercise): Promise<void> => {
  const { name, title } = exercise.scenario;
  try {
    cases.addTrace(await executor.execute(exercise, exercise.path));
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    cases.addCrash(name, error);
  }
  emit({ type: 'exercise-finished', scenario: name, title, finished: cases.exercises });
};

/** The results of all selected requirements. Rejects with Unreachable. */
export const exercise = async (options: ExerciseOptions): Promise<readonly RequirementResult[]> => {
  const { context, meeting, cases, emit, profile, selected, settings } = options;
  const { facts, binding } = meeting;
  const { signal } = context;
  const executor = createExecutor(context, binding, ({ name, trace, error }) =>
    emit({
      type: 'exercised',
      name,
      trace,
      ...(error === undefined ? {} : { crashed: error.message }),
      interrupted: signal.aborted,
    }),
  );
  const plan = planOf({ profile, selected, facts, settings });
  emit({ type: 'discovered', target: facts, requirements: selected.length, exercises: plan.exercises.length });
  const execute = (each: Exercise): Promise<void> => executeOne(options, executor, each);
  const beside = plan.exercises.filter(({ scenario }) => !scenario.alone);
  const alone = plan.exercises.filter(({ scenario }) => scenario.alone);
  // Exercises wait most of the time (Retry-After), so many run at once; the number of exchanges is limited elsewhere.
  await inParallel(beside, settings.concurrency * exercisesPerExchange, execute, signal);
  await inParallel(alone, 1, execute, signal);
  throwIfCredentialLost(context);
  const results = await cases.decide({ executor, unavailable: plan.unavailable, signal, emit });
  throwIfCredentialLost(context);
  return results;
};
