/** Executes the plan on a target, and judges the traces. */
import type { RequirementResult, Settings } from '../../schemas/types.js';
import { inParallel } from '../concurrency/in-parallel.js';
import type { Requirement } from '../definitions/requirement.js';
import type { EndCode } from '../errors/codes.js';
import { HarnessError, Unreachable } from '../errors/errors.js';
import type { Listener } from '../events.js';
import { endOf } from '../session/end-of-work.js';
import type { RunContext } from '../session/run-context.js';
import { makeRoom } from './clean-up.js';
import { createExecutor, type Executor } from './executor.js';
import type { RunCases } from './run-cases.js';
import type { Meeting } from './meet-target.js';
import type { Exercise, Plan } from './plan.js';

/** Number of exercises that run at the same time for each exchange that may be in flight. */
const exercisesPerExchange = 8;

export interface ExerciseOptions {
  readonly context: RunContext;
  readonly meeting: Meeting;
  readonly cases: RunCases;
  readonly selected: readonly Requirement[];
  readonly settings: Settings;
  readonly emit: Listener;
}

/** Throws Unreachable if the target refuses the credential since some moment: what was found after it is not a failure. */
const throwIfCredentialLost = ({ admission }: RunContext): void => {
  if (admission.lost !== undefined) throw new Unreachable('credential-lost', admission.lost);
};

const executeOne = async ({ cases, emit }: ExerciseOptions, executor: Executor, exercise: Exercise): Promise<void> => {
  const { scenario, binding, path } = exercise;
  try {
    const trace = await executor.execute(exercise, path);
    if (trace === undefined) return;
    cases.addTrace(trace);
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    const { input } = exercise;
    cases.addCrash({ scenario: scenario.name, path, input, ...(binding === undefined ? {} : { binding }) }, error);
  }
  const { name, title } = scenario;
  emit({ type: 'exercise-finished', scenario: name, title, finished: cases.exercises });
};

/** The exercises of a plan, in the order in which they are made: beside each other, one by one, those of clients, and at the very end. */
const partsOf = ({ exercises }: Plan): Record<'beside' | 'alone' | 'ofClients' | 'last', Exercise[]> => {
  const ofRequirements = exercises.filter(({ isOfClient }) => isOfClient !== true);
  return {
    beside: ofRequirements
      .filter(({ scenario }) => !scenario.alone && !scenario.exhausts)
      .sort((a, b) => Number(b.scenario.waits) - Number(a.scenario.waits)),
    alone: ofRequirements.filter(({ scenario }) => scenario.alone && !scenario.exhausts),
    // Apart from the others, so that they disturb nothing that a requirement reads.
    ofClients: exercises.filter(({ isOfClient }) => isOfClient === true),
    last: ofRequirements.filter(({ scenario }) => scenario.exhausts),
  };
};

export interface Exercised {
  /** The results of all selected requirements. */
  readonly results: readonly RequirementResult[];
  /** Why the work of the run ended before all of it was done. */
  readonly end: EndCode | undefined;
}

/**
 * Exercises the target, and judges the traces. Findings are confirmed before a burst uses up what the target admits, and then
 * those of the burst. Rejects with Unreachable.
 */
export const exercise = async (options: ExerciseOptions): Promise<Exercised> => {
  const { context, meeting, cases, emit, selected, settings } = options;
  const { binding } = meeting;
  const { facts, signal } = context;
  const executor = createExecutor(context, binding, ({ name, trace, error, endedBy }) =>
    emit({
      type: 'exercised',
      name,
      trace,
      ...(error === undefined ? {} : { crashed: error.message }),
      ...(endedBy === undefined ? {} : { endedBy }),
    }),
  );
  const { plan } = cases;
  emit({ type: 'discovered', target: facts, requirements: selected.length, exercises: plan.exercises.length });
  const execute = (each: Exercise): Promise<void> => executeOne(options, executor, each);
  const confirm = async (): Promise<void> => {
    throwIfCredentialLost(context);
    await cases.confirm({ executor, signal });
    throwIfCredentialLost(context);
  };
  const { beside, alone, ofClients, last } = partsOf(plan);
  // Exercises wait most of the time (Retry-After), so many run at once; the number of exchanges is limited elsewhere.
  const executeInTime = async (each: Exercise): Promise<void> => {
    await context.paces.hasRoom();
    if (!signal.aborted) await execute(each);
  };
  await inParallel(beside, settings.concurrency * exercisesPerExchange, executeInTime, signal);
  if (!settings.readOnly && alone.length + last.length > 0) await makeRoom(context, settings.concurrency);
  await inParallel(alone, 1, execute, signal);
  await confirm();
  await inParallel(ofClients, settings.concurrency, execute, signal);
  await inParallel(last, 1, execute, signal);
  await confirm();
  const end = endOf(signal);
  return { results: cases.conclude(end), end: end?.code };
};
