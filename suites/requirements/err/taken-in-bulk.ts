/**
 * ERR-06: operations of a bulk request that write a userName that is taken. Only those that are done are wrong: a provider may
 * have reasons of its own to refuse an operation in a bulk request.
 */
import { operationResults } from '../../bindings/operation-result.js';
import type { OperationResult } from '../../bindings/binding.js';
import { type Finding, judgeEach, type Judgement } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { duplicateUserSteps as steps } from '../../scenarios/errors/duplicate-user.js';
import { isAlike } from '../../trace/alike.js';
import { isObject, operationsIn, requestJson, responseObject, textOf } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

export const takenInBulkCodes = {
  'taken-name-in-bulk-done': 'an operation of a bulk request gives a user the userName of another user',
};

type Code = keyof typeof takenInBulkCodes;

interface Ended {
  /** The first one is the request. */
  readonly exchanges: readonly [Answered, ...Answered[]];
  readonly results: readonly OperationResult[];
}

const synchronous = (trace: TraceView): Ended[] =>
  trace
    .variant(steps.bulk, 'bulk')
    .filter(({ response }) => response.status === 200)
    .map((asked) => ({ exchanges: [asked], results: operationResults(responseObject(asked) ?? {}) }));

const asynchronous = (trace: TraceView): Ended[] =>
  trace
    .submissions()
    .filter((submission) => submission.accepted && isStep(trace.exchangeOf(submission), steps.bulk))
    .flatMap((submission): Ended[] => {
      const completion = trace.completion(submission);
      return completion === undefined
        ? []
        : [{ exchanges: [trace.exchangeOf(submission), completion.poll], results: completion.results }];
    });

/** The path that the only operation with this method names. */
const pathOf = (asked: Answered, method: string | undefined): string => {
  const operation = operationsIn(requestJson(asked)).find((each) => isObject(each) && each.method === method);
  return isObject(operation) ? textOf(operation.path) : '';
};

export const judgeTakenInBulk = (trace: TraceView): Judgement<Code> => {
  const ended = [...synchronous(trace), ...asynchronous(trace)].flatMap(({ exchanges, results }) =>
    results.map((result) => ({ exchanges, result })),
  );
  return judgeEach(ended, ({ exchanges, result }): Finding<Code> | undefined => {
    const [asked] = exchanges;
    const method = result.method?.toUpperCase();
    if (!/^2/.test(result.status ?? '') || method === undefined) return undefined;
    const taken = asked.subject ?? '';
    const path = pathOf(asked, method);
    const read = trace
      .variant(steps.afterwards, 'read')
      .find(({ request, response }) => request.url === `${trace.target.baseUrl}${path}` && response.status === 200);
    const name = read === undefined ? undefined : responseObject(read)?.userName;
    // A provider may leave the userName of a user as it is.
    const isTaken = method === 'POST' || (typeof name === 'string' && isAlike(taken, name));
    if (!isTaken) return undefined;
    const create = trace.answered('create').find(({ subject, n }) => subject === taken && n < asked.n);
    return {
      code: 'taken-name-in-bulk-done',
      expected: `409 in the result of ${method} ${path} with a userName that is taken`,
      actual: `it is ${result.status ?? ''}`,
      exchanges: [...(create === undefined ? [] : [create]), ...exchanges, ...(read === undefined ? [] : [read])],
    };
  });
};
