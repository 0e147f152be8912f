/**
 * Runs one scenario with one input and returns its trace. Executions are kept under a name: several requirements
 * that shrink through the same inputs share their executions, and the target is spared.
 */
import { bindings } from '../bindings/index.js';
import type { BindingName } from '../catalogue/requirement.js';
import type { RunContext } from '../session/run-context.js';
import { pathOf, type Exercise } from './plan.js';
import { Blocked, Session } from '../session/session.js';
import type { Trace } from '../trace/trace.js';

/** An error of this tool, never of the target. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';

  constructor(
    readonly where: string,
    override readonly cause: unknown,
  ) {
    super(`${where}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
  }
}

export interface Executor {
  /** The execution of this exercise that is called `name`; the first call makes it. Throws HarnessError. */
  execute(exercise: Exercise, name: string): Promise<Trace>;
}

/** `usual`: the binding of what is about none in particular; undefined where the target serves none. */
export const createExecutor = (context: RunContext, usual: BindingName | undefined): Executor => {
  const kept = new Map<string, Promise<Trace>>();

  const run = async ({ scenario, binding, path, input }: Exercise): Promise<Trace> => {
    const over = binding ?? usual;
    const session = new Session(context, over === undefined ? undefined : bindings[over]);
    let blocked: string | undefined;
    try {
      await scenario.exercise(input, session);
    } catch (error) {
      if (!(error instanceof Blocked)) throw new HarnessError(`scenario ${scenario.name}`, error);
      blocked = error.message;
    }
    return {
      scenario: scenario.name,
      ...(binding === undefined ? {} : { binding }),
      path,
      input,
      target: context.facts,
      entries: session.entries,
      ...(blocked === undefined ? {} : { blocked }),
    };
  };

  return {
    execute(exercise, name) {
      const key = pathOf(exercise.scenario.name, exercise.binding, name);
      const existing = kept.get(key);
      if (existing !== undefined) return existing;
      const started = run(exercise);
      kept.set(key, started);
      return started;
    },
  };
};
