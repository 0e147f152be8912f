/** Exercises a target by the plan, and has the traces heard. */
import type { RequirementResult, Settings } from '../../schemas/types.js';
import { inParallel } from '../concurrency/in-parallel.js';
import type { Profile } from '../definitions/profile.js';
import type { Requirement } from '../definitions/requirement.js';
import { HarnessError, Unreachable } from '../errors/errors.js';
import type { Listener } from '../events.js';
import type { RunContext } from '../session/run-context.js';
import { createExecutor, type Executor } from './executor.js';
import type { Hearing } from './hearing.js';
import type { Meeting } from './meet-target.js';
import { planOf, type Exercise } from './plan.js';

/** Exercises that are under way for each exchange that may be in flight. */
const exercisesPerExchange = 8;

export interface ExerciseOrder {
  readonly context: RunContext;
  readonly meeting: Meeting;
  readonly hearing: Hearing;
  readonly profile: Profile;
  readonly selected: readonly Requirement[];
  readonly settings: Settings;
  readonly emit: Listener;
}

/** Throws Unreachable where the target has stopped to let the suite in: what was found then is not the target's failure. */
const demandAdmission = ({ admission }: RunContext): void => {
  if (admission.lost !== undefined) throw new Unreachable('credential-lost', admission.lost);
};

const hearOne = async ({ hearing, emit }: ExerciseOrder, executor: Executor, exercise: Exercise): Promise<void> => {
  const { name, title } = exercise.scenario;
  try {
    hearing.hear(await executor.execute(exercise, exercise.path));
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    hearing.blame(name, error);
  }
  emit({ type: 'exercise-finished', scenario: name, title, finished: hearing.exercises });
};

/** The results of all selected requirements. Rejects with Unreachable. */
export const exercise = async (order: ExerciseOrder): Promise<readonly RequirementResult[]> => {
  const { context, meeting, hearing, emit, profile, selected, settings } = order;
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
  const execute = (each: Exercise): Promise<void> => hearOne(order, executor, each);
  const beside = plan.exercises.filter(({ scenario }) => !scenario.alone);
  const alone = plan.exercises.filter(({ scenario }) => scenario.alone);
  // Most of them wait most of the time, as the target asks: the exchanges are what is limited.
  await inParallel(beside, settings.concurrency * exercisesPerExchange, execute, signal);
  await inParallel(alone, 1, execute, signal);
  demandAdmission(context);
  const results = await hearing.decide({ executor, unavailable: plan.unavailable, signal, emit });
  demandAdmission(context);
  return results;
};
