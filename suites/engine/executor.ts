/**
 * Executes exercises: scenario × input → trace. Each execution is stored under a name: requirements that try the same
 * smaller inputs share one execution, so that the target gets fewer requests.
 */
import { bindings } from '../bindings/index.js';
import type { BindingName } from '../contract/binding-name.js';
import type { EndCode } from '../errors/codes.js';
import { endOf } from '../session/end-of-work.js';
import type { RunContext } from '../session/run-context.js';
import { pathOf } from '../trace/path.js';
import type { Exercise } from './plan.js';
import { Session } from '../session/session.js';
import type { Trace } from '../trace/trace.js';
import { Blocked, HarnessError } from '../errors/errors.js';

export interface Executor {
  /**
   * The trace of the execution with this name; only the first call executes the exercise. Undefined if the work of the run
   * ended before the exercise: a trace that was cut short shows nothing. Throws HarnessError.
   */
  execute(exercise: Exercise, name: string): Promise<Trace | undefined>;
}

/** The result of one execution. */
export interface Execution {
  /** Unique in a run. */
  readonly name: string;
  readonly trace: Trace;
  /** An error of this tool that ended the execution; then the trace has no entries. */
  readonly error?: HarnessError;
  /** Why the work of the run had ended by then, so that the trace may be cut short. */
  readonly endedBy?: EndCode;
}

/** The name of an execution in the whole run. */
export const executionName = ({ scenario, binding }: Exercise, name: string): string =>
  pathOf(scenario.name, binding, name);

/**
 * `usual`: the binding for exercises that name none; undefined if the target serves none. `onExecuted` is called at the
 * end of each execution.
 */
export const createExecutor = (
  context: RunContext,
  usual: BindingName | undefined,
  onExecuted: (execution: Execution) => void,
): Executor => {
  const kept = new Map<string, Promise<Trace | undefined>>();

  const ended = (): Pick<Execution, 'endedBy'> => {
    const end = endOf(context.signal);
    return end === undefined ? {} : { endedBy: end.code };
  };

  const run = async (exercise: Exercise, name: string): Promise<Trace | undefined> => {
    const { scenario, binding, path, input, turn } = exercise;
    const over = binding ?? (turn.binding === undefined ? undefined : usual);
    const facts = over === undefined ? { ...context.facts, bindings: {} } : context.facts;
    const session = new Session({ ...context, facts }, over === undefined ? undefined : bindings[over]);
    const begun: Trace = {
      scenario: scenario.name,
      ...(binding === undefined ? {} : { binding }),
      path,
      input,
      target: facts,
      entries: [],
    };
    let blocked: Pick<Trace, 'blocked' | 'blockedBy'> = {};
    try {
      await scenario.exercise(input, session);
    } catch (cause) {
      if (!(cause instanceof Blocked)) {
        const error = HarnessError.in('scenario-crashed', `scenario ${scenario.name}`, cause);
        onExecuted({ name, trace: begun, error, ...ended() });
        throw error;
      }
      blocked = { blocked: cause.message, blockedBy: cause.code };
    }
    const trace = { ...begun, entries: session.entries, ...blocked };
    const end = ended();
    onExecuted({ name, trace, ...end });
    return end.endedBy === undefined ? trace : undefined;
  };

  return {
    execute(exercise, name) {
      const key = executionName(exercise, name);
      // The plan executes each of its exercises only once, so this trace need not be stored.
      if (name === exercise.path) return run(exercise, key);
      const existing = kept.get(key);
      if (existing !== undefined) return existing;
      const started = run(exercise, key);
      kept.set(key, started);
      return started;
    },
  };
};
