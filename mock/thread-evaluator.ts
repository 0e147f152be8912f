/**
 * Evaluates expressions of clients in a thread that is ended if it takes too long: the timeout of JSONata itself does not stop a
 * slow regular expression. The thread starts with the first expression.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Clock } from './clock.js';
import type { Evaluated, Evaluator } from './environment.js';

/** Without `input` the expression is only checked. */
interface Question {
  readonly expression: string;
  readonly input?: unknown;
}

/** Milliseconds for one expression. */
const limit = 500;

const memory = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 };

/** A thread, and who waits for its answer. */
interface Thread {
  readonly worker: Worker;
  settle: (evaluated: Evaluated) => void;
}

const start = async (): Promise<Thread> => {
  const worker = new Worker(new URL('./evaluator-thread.mjs', import.meta.url), { resourceLimits: memory });
  await once(worker, 'message');
  worker.unref();
  const thread: Thread = { worker, settle: () => undefined };
  worker.on('message', (evaluated: Evaluated) => thread.settle(evaluated));
  worker.on('error', () => thread.settle({ error: 'it takes too much memory' }));
  return thread;
};

const ask = (thread: Thread, question: Question, clock: Clock): Promise<Evaluated> =>
  new Promise((resolve) => {
    const inTime = new AbortController();
    thread.settle = (evaluated) => {
      resolve(evaluated);
      inTime.abort();
    };
    void clock.sleep(limit, inTime.signal).then(() => resolve({ error: `it takes more than ${limit} ms` }));
    thread.worker.postMessage(question);
  });

export const createThreadEvaluator = (clock: Clock): Evaluator => {
  let thread: Promise<Thread> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const end = async (): Promise<void> => {
    const ended = thread;
    thread = undefined;
    await (await ended)?.worker.terminate();
  };
  const running = async (): Promise<Thread | undefined> => {
    try {
      return await (thread ??= start());
    } catch {
      thread = undefined;
      return undefined;
    }
  };
  const evaluate = async (question: Question): Promise<Evaluated> => {
    const asked = await running();
    if (asked === undefined) return { error: 'there is no thread for it' };
    const evaluated = await ask(asked, question, clock);
    // It may still be at work, or broken.
    if ('error' in evaluated && !evaluated.error.startsWith('JSONata')) await end();
    return evaluated;
  };
  const inTurn = (question: Question): Promise<Evaluated> => {
    const evaluated = last.then(() => evaluate(question));
    last = evaluated.catch(() => undefined);
    return evaluated;
  };
  return {
    mistakeIn: async (expression) => {
      const evaluated = await inTurn({ expression });
      return 'error' in evaluated ? evaluated.error : undefined;
    },
    evaluate: (expression, input) => inTurn({ expression, input }),
    close: end,
  };
};
