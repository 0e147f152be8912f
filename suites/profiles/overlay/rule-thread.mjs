/**
 * The thread in which rules of a profile file are evaluated on text of a target: it can be ended if one takes too long. It is
 * JavaScript, so that a thread can load it from the sources and from the build.
 */
import { workerData } from 'node:worker_threads';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsPlugin from 'ajv-formats';
import jsonata from 'jsonata';

/** The same trace must lead to the same judgement again. */
const unsteady = ['now', 'millis', 'random', 'shuffle'];

/**
 * @typedef {import('./rule-question.js').Rule} Rule
 * @typedef {import('./rule-question.js').Ruling} Ruling
 */

/** @type {(error: unknown) => string} */
const wordsOf = (error) => {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message).slice(0, 500);
};

/**
 * Where JSONata says that a mistake is. It gives the end of a token, or of the bracket behind it; its beginning is looked for.
 * @type {(error: unknown, rule: Rule) => number | undefined}
 */
const placeOf = (error, rule) => {
  if (rule.by !== 'expression' || typeof error !== 'object' || error === null) return undefined;
  if (!('position' in error) || typeof error.position !== 'number') return undefined;
  const token = 'token' in error ? String(error.token) : '';
  const end = error.position - token.length;
  return [end, end - 1].find((begin) => begin >= 0 && rule.expression.startsWith(token, begin)) ?? error.position;
};

/** @type {(schema: object | boolean) => (value: unknown) => Ruling} */
const bySchema = (schema) => {
  const compiler = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
  formatsPlugin.default(compiler);
  const check = compiler.compile(schema);
  return (value) => {
    const holds = check(value);
    if (typeof holds !== 'boolean') throw new Error('$async schemas are not possible here');
    const [first] = check.errors ?? [];
    if (holds || first === undefined) return { holds };
    return {
      holds,
      why: `${first.instancePath === '' ? 'the body' : first.instancePath} ${first.message ?? ''}`.slice(0, 500),
    };
  };
};

/** @type {(pattern: string) => (value: unknown) => Ruling} */
const byPattern = (pattern) => {
  const expression = new RegExp(pattern, 'u');
  return (value) => ({ holds: expression.test(String(value)) });
};

/** @type {(expression: string) => (value: unknown) => Promise<Ruling>} */
const byExpression = (expression) => {
  const compiled = jsonata(expression);
  for (const name of unsteady)
    compiled.registerFunction(name, () => {
      throw new Error(`$${name} is not possible here, because a judgement must come out the same again`);
    });
  return async (value) => {
    const result = await compiled.evaluate(value);
    if (typeof result === 'boolean') return { holds: result };
    return {
      undecided:
        result === undefined ? 'nothing' : `a value of type ${Array.isArray(result) ? 'array' : typeof result}`,
    };
  };
};

/** @type {(rule: Rule) => (value: unknown) => Ruling | Promise<Ruling>} */
const compile = (rule) => {
  if (rule.by === 'schema') return bySchema(rule.schema);
  return rule.by === 'pattern' ? byPattern(rule.pattern) : byExpression(rule.expression);
};

/** @type {Map<string, ReturnType<typeof compile>>} */
const compiled = new Map();

/** @type {(question: import('./rule-question.js').Question) => Promise<import('./rule-question.js').Answer>} */
const answer = async ({ rule, values }) => {
  try {
    const key = JSON.stringify(rule);
    const decide = compiled.get(key) ?? compile(rule);
    compiled.set(key, decide);
    const rulings = [];
    for (const value of values) rulings.push(await decide(value));
    return { rulings };
  } catch (error) {
    return { error: wordsOf(error), at: placeOf(error, rule) };
  }
};

/** @type {{ port: import('node:worker_threads').MessagePort, answered: Int32Array<SharedArrayBuffer> }} */
const { port, answered } = workerData;

/** @type {(message: unknown) => void} */
const post = (message) => {
  port.postMessage(message);
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
};

port.on('message', async (question) => post(await answer(question)));
post('ready');
