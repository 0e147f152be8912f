/**
 * Runs one scenario with one input and returns its trace. Executions are kept under a name: several requirements
 * that shrink through the same inputs share their executions, and the target is spared.
 */
import type { Binding } from '../bindings/binding.js';
import type { Scenario } from '../scenarios/scenario.js';
import type { RunContext } from '../session/run-context.js';
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
  /** The execution of this scenario that is called `name`; the first call makes it. Throws HarnessError. */
  execute(scenario: Scenario, path: string, input: unknown, name: string): Promise<Trace>;
}

export const createExecutor = (context: RunContext, binding: Binding | undefined): Executor => {
  const kept = new Map<string, Promise<Trace>>();

  const run = async (scenario: Scenario, path: string, input: unknown): Promise<Trace> => {
    const session = new Session(context, binding);
    let blocked: string | undefined;
    try {
      await scenario.exercise(input, session);
    } catch (error) {
      if (!(error instanceof Blocked)) throw new HarnessError(`scenario ${scenario.name}`, error);
      blocked = error.message;
    }
    return {
      scenario: scenario.name,
      path,
      input,
      target: context.facts,
      entries: session.entries,
      ...(blocked === undefined ? {} : { blocked }),
    };
  };

  return {
    execute(scenario, path, input, name) {
      const key = `${scenario.name}/${name}`;
      const existing = kept.get(key);
      if (existing !== undefined) return existing;
      const started = run(scenario, path, input);
      kept.set(key, started);
      return started;
    },
  };
};
