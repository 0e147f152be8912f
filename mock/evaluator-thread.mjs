/**
 * The thread in which expressions of clients are evaluated: the only place of the mock that loads JSONata, and one that can be
 * ended. It is JavaScript, so that a thread can load it from the sources and from the build.
 */
import { parentPort } from 'node:worker_threads';
import jsonata from 'jsonata';

/**
 * As JSON, because what an expression gives may hold functions.
 * @param {unknown} value
 * @returns {unknown}
 */
const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value) ?? 'null'));

/**
 * Without `input` the expression is only checked. JSONata throws objects with a code, such as S0201.
 * @param {{ expression: string, input?: unknown }} question
 * @returns {Promise<{ value: unknown } | { error: string }>}
 */
const answer = async ({ expression, input }) => {
  try {
    const compiled = jsonata(expression);
    return { value: input === undefined ? undefined : plain(await compiled.evaluate(input)) };
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return { error: typeof code === 'string' ? `JSONata error ${code}` : 'it cannot be evaluated' };
  }
};

parentPort?.on('message', async (question) => parentPort?.postMessage(await answer(question)));
parentPort?.postMessage('ready');
