/**
 * Repeats the input of a suspicion on fresh resources, to see whether the same defect shows again. A repetition that was
 * throttled or cut short, or that did not bring the situation again, says nothing.
 */
import { endOf } from '../session/end-of-work.js';
import { isThrottled } from '../trace/answers.js';
import { isAnswered, type Trace } from '../trace/trace.js';
import { judgeTrace, type Case } from './case.js';
import type { Executor } from './executor.js';
import { connectionsLost, lostSome } from './losses.js';
import type { Exercise } from './plan.js';
import { defectOf, isOfDefect, suspect, type Defect, type Obstacle, type Suspicion } from './suspicion.js';

export interface RepeatContext {
  /** Finds the exercise that made a trace. */
  readonly exerciseOf: (trace: Trace) => Exercise;
  readonly executor: Executor;
  /** Aborts when the work of the run ends. */
  readonly signal: AbortSignal;
}

/** Executions of one input: a defect that depends on timing may need more than one. A burst is repeated only once. */
const repetitions = 3;

/** Judges a trace; `found` is a suspicion of this defect in it. Throws HarnessError. */
export const findIn = (
  { requirement }: Case,
  defect: Defect,
  trace: Trace,
): { readonly found: Suspicion | undefined; readonly exercised: number } => {
  const { findings, exercised } = judgeTrace(requirement, trace);
  return { found: findings.map((finding) => suspect(requirement, trace, finding)).find(isOfDefect(defect)), exercised };
};

/** Whether the target throttled a request of this trace each time that it was sent. */
const wasThrottled = ({ entries }: Trace): boolean => {
  const repeated = new Set(entries.map((entry) => (entry.type === 'exchange' ? entry.retryOf : undefined)));
  return entries.some(
    (entry) => entry.type === 'exchange' && isAnswered(entry) && isThrottled(entry) && !repeated.has(entry.n),
  );
};

/** Why a repetition that does not show a defect says nothing about it; undefined if it does say something. */
const obstacleIn = ({ scenario }: Exercise, first: Trace, again: Trace, exercised: number): Obstacle | undefined => {
  const { blockedBy, blocked = '' } = again;
  if (blockedBy !== undefined && blockedBy !== first.blockedBy) return { code: blockedBy, reason: blocked };
  if (!scenario.exhausts && wasThrottled(again))
    return { code: 'throttled', reason: 'The target throttled a request on every attempt.' };
  if (lostSome(again)) return connectionsLost;
  return exercised === 0
    ? { code: 'not-exercised', reason: 'The repetition did not show anything that the requirement judges.' }
    : undefined;
};

/** The end of the work of the run. */
const endedBy = (signal: AbortSignal): Obstacle => {
  const end = endOf(signal);
  if (end === undefined) throw new Error('an exercise was cut short, but the work of the run has not ended');
  return { code: end.code, reason: end.message };
};

/** What the repetitions of one input showed. */
export type Repeated =
  | { readonly found: Suspicion }
  | { readonly found: undefined; readonly last: Trace }
  | { readonly found: undefined; readonly obstacle: Obstacle };

/** Runs one input until the same defect shows again, nothing can be learnt any more, or the repetitions are used up. */
export const repeat = async (
  open: Case,
  suspicion: Suspicion,
  label: string,
  { exerciseOf, executor, signal }: RepeatContext,
): Promise<Repeated> => {
  const { trace } = suspicion;
  const exercise = exerciseOf(trace);
  let repeated: Exclude<Repeated, { found: Suspicion }> = { found: undefined, last: trace };
  for (let time = 1; time <= (exercise.scenario.exhausts ? 1 : repetitions); time += 1) {
    const last = signal.aborted ? undefined : await executor.execute(exercise, `${trace.path} ${label} ${time}`);
    if (last === undefined) return { found: undefined, obstacle: endedBy(signal) };
    const { found, exercised } = findIn(open, defectOf(suspicion), last);
    if (found !== undefined) return { found };
    const obstacle = obstacleIn(exercise, trace, last, exercised);
    if (obstacle !== undefined) repeated = { found, obstacle };
    else if ('last' in repeated) repeated = { found, last };
    if (obstacle?.code === 'throttled') break;
  }
  return repeated;
};
