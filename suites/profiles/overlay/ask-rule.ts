/**
 * Evaluates rules of a profile file in a thread, and waits for the answer: a judge is synchronous, JSONata is not, and neither
 * an expression nor a regular expression can be stopped in the thread that runs it.
 */
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { RuleError } from '../../errors/errors.js';
import type { Answer, Failure, Question, Rule, Ruling } from './rule-question.js';

/** Milliseconds for starting the thread, on a busy machine. */
const startLimit = 60_000;

/** Milliseconds for all values of one question. A rule needs some microseconds for each. */
const limit = 5000;

/** Far beyond any rule: a thread that reaches it may end the whole process, so that the time should be over before. */
const memory = { maxOldGenerationSizeMb: 2048 };

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  /** Its only element becomes 1 with each answer. */
  readonly answered: Int32Array<SharedArrayBuffer>;
}

let thread: Thread | undefined;

const end = (): void => {
  void thread?.worker.terminate();
  thread = undefined;
};

/** Blocks until the thread has answered; undefined if it did not in so many milliseconds. */
const receive = ({ port, answered }: Thread, milliseconds: number): unknown => {
  if (Atomics.wait(answered, 0, 0, milliseconds) === 'timed-out') return undefined;
  Atomics.store(answered, 0, 0);
  const received: { message: unknown } | undefined = receiveMessageOnPort(port);
  return received?.message;
};

const start = (): Thread => {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(new URL('./rule-thread.mjs', import.meta.url), {
    workerData: { port: port2, answered },
    transferList: [port2],
    resourceLimits: memory,
    // It shares neither loaders nor secrets with this process.
    execArgv: [],
    env: {},
  });
  worker.unref();
  const started = { worker, port: port1, answered };
  worker.on('error', () => {
    if (thread === started) thread = undefined;
  });
  thread = started;
  if (receive(started, startLimit) === undefined) {
    end();
    throw new Error(`the thread for rules did not start in ${startLimit} ms`);
  }
  return started;
};

const ask = (question: Question): Answer | undefined => {
  const running = thread ?? start();
  running.port.postMessage(question);
  const answer = receive(running, limit) as Answer | undefined;
  if (answer === undefined) end();
  return answer;
};

/** Why the rule cannot be used, in the words of its parser; undefined if it can. */
export const mistakeIn = (rule: Rule): Failure | undefined => {
  const answer = ask({ rule, values: [] });
  if (answer === undefined) return { error: `it takes more than ${limit} ms to read it` };
  return 'error' in answer ? answer : undefined;
};

const wordsOf = ({ error, at }: Failure): string =>
  at === undefined ? error : `${error} (character ${at + 1} of its expression)`;

/**
 * What the rule says of each value, in their order. Throws RuleError if it fails, takes more than 5 s or too much memory, or
 * decides nothing.
 */
export const decide = (rule: Rule, values: readonly unknown[]): readonly Exclude<Ruling, { undecided: string }>[] => {
  if (values.length === 0) return [];
  const answer = ask({ rule, values });
  if (answer === undefined)
    throw new RuleError(
      'rule-too-slow',
      `the rule took more than ${limit} ms or too much memory for ${values.length} values`,
    );
  if ('error' in answer) throw new RuleError('rule-failed', `the rule failed: ${wordsOf(answer)}`);
  return answer.rulings.map((ruling) => {
    if ('holds' in ruling) return ruling;
    throw new RuleError(
      'rule-undecided',
      `the expression gave ${ruling.undecided} instead of true or false: what may be absent needs $exists(…)`,
    );
  });
};
