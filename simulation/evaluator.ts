/** Evaluates expressions in this thread: a simulation waits for no other thread, and stops none. */
import jsonata from 'jsonata';
import type { Evaluated, Evaluator } from '../mock/index.js';

const attempt = async (evaluate: () => unknown): Promise<Evaluated> => {
  try {
    return { value: await evaluate() };
  } catch {
    return { error: 'it cannot be evaluated' };
  }
};

export const createEvaluator = (): Evaluator => ({
  mistakeIn: async (expression) => {
    const evaluated = await attempt(() => jsonata(expression));
    return 'error' in evaluated ? evaluated.error : undefined;
  },
  evaluate: (expression, input) => attempt(() => jsonata(expression).evaluate(input)),
  close: () => Promise.resolve(),
});
