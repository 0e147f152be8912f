/**
 * Bulk requests that were answered with their results. BULK is judged on these in exercises without an asynchronous binding. A
 * trace records no submission of them, so that what is expected of each operation is read from the request.
 */
import type { Submission, SubmittedOperation } from '../../schemas/types.js';
import { operationResults } from '../bindings/operation-result.js';
import { servesAsynchronous } from '../provider/served-bindings.js';
import { isObject, type JsonObject, operationsIn, requestJson, responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { Bulk } from './bulk.js';
import { aligned } from './completion.js';
import type { TraceView } from './trace-view.js';

const nameOf = (data: unknown): string | undefined => {
  const name = isObject(data) ? (data.userName ?? data.displayName) : undefined;
  return typeof name === 'string' ? name : undefined;
};

/** A create of users or groups that lacks the attribute which both types require (RFC 7643 §4.1.1, §4.2). */
const lacksName = ({ method, path, data }: JsonObject): boolean =>
  method === 'POST' &&
  (path === '/Groups'
    ? !isObject(data) || data.displayName === undefined
    : !isObject(data) || data.userName === undefined);

/** The bulkIds to which an operation refers. */
const referencesOf = (operation: JsonObject): string[] =>
  [...JSON.stringify([operation.path, operation.data ?? null]).matchAll(/bulkId:([^"/\\]+)/g)].map(
    ([, id]) => id ?? '',
  );

const methods: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'] satisfies SubmittedOperation['method'][];

const isMethod = (method: unknown): method is SubmittedOperation['method'] =>
  typeof method === 'string' && methods.includes(method);

/** Whether the name of a create is taken, or the resource of another write is gone, by earlier exchanges of the trace. */
const isInVain = (trace: TraceView, asked: Answered, { method, path, data }: JsonObject): boolean =>
  method === 'POST'
    ? trace
        .answered('create')
        .some(({ n, subject, response }) => n < asked.n && response.status === 201 && subject === nameOf(data))
    : trace.answered('delete').some(({ n, request }) => n < asked.n && request.url.endsWith(String(path)));

/** The operations of the request, each with what has to become of it. */
const operationsOf = (trace: TraceView, asked: Answered): SubmittedOperation[] => {
  const sent = operationsIn(requestJson(asked)).filter(isObject);
  const valid = new Set(sent.filter((operation) => !lacksName(operation)).map(({ bulkId }) => bulkId));
  const canSucceed = (operation: JsonObject): boolean =>
    !lacksName(operation) &&
    !isInVain(trace, asked, operation) &&
    referencesOf(operation).every((bulkId) => valid.has(bulkId));
  return sent.flatMap((operation): SubmittedOperation[] => {
    const { method, path, bulkId, data } = operation;
    if (!isMethod(method) || typeof path !== 'string') return [];
    const userName = nameOf(data);
    return [
      {
        method,
        path,
        expected: canSucceed(operation) ? 'success' : 'failure',
        ...(typeof bulkId === 'string' ? { bulkId } : {}),
        ...(userName === undefined ? {} : { userName }),
      },
    ];
  });
};

const bulkOf = (trace: TraceView, asked: Answered): Bulk => {
  const body = requestJson(asked);
  const failOnErrors = isObject(body) && typeof body.failOnErrors === 'number' ? body.failOnErrors : undefined;
  const submission: Submission = {
    type: 'submission',
    n: asked.n,
    // Of no binding; what the judges of BULK do with it is the same for both.
    binding: 'request-mode',
    shape: 'bulk',
    exchange: asked.n,
    accepted: false,
    operations: operationsOf(trace, asked),
    ...(failOnErrors === undefined ? {} : { failOnErrors }),
  };
  const shown = operationResults(responseObject(asked) ?? {});
  return { submission, asked, poll: asked, results: aligned(shown, submission), shown };
};

/** The synchronous bulk requests that are judged, all of them answered 200; CORE-05 judges other answers. */
export const synchronousBulksOf = (trace: TraceView): Bulk[] =>
  servesAsynchronous(trace.target)
    ? []
    : trace
        .answered('bulk')
        .filter(({ response }) => response.status === 200)
        .map((asked) => bulkOf(trace, asked));
