/** The paper's binding: `X-SCIM-Request-Mode: asynchronous` → 202 with a `Location` → status resource (profile §2). */
import { header, requestMode } from '../../schemas/names.js';
import { isObject, responseHeader, responseObject, type JsonObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { Binding, OperationResult } from './binding.js';

/** Resolves a Location against the request's URL (RFC 9110 §10.2.2); undefined where it is no URL reference. */
export const resolveLocation = (reference: string, requestUrl: string): string | undefined =>
  URL.canParse(reference, requestUrl) ? new URL(reference, requestUrl).href : undefined;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const result = (operation: JsonObject, index: number): OperationResult => {
  const method = text(operation.method);
  const status = typeof operation.status === 'number' ? String(operation.status) : text(operation.status);
  const bulkId = text(operation.bulkId);
  const location = text(operation.location);
  return {
    index,
    ...(method === undefined ? {} : { method }),
    ...(status === undefined ? {} : { status }),
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(location === undefined ? {} : { location }),
    ...(operation.response === undefined ? {} : { response: operation.response }),
  };
};

/** The results that a status resource or a bulk response carries, as far as they can be read. */
export const operationResults = (body: JsonObject): OperationResult[] =>
  Array.isArray(body.Operations) ? body.Operations.filter(isObject).map(result) : [];

export const requestModeBinding: Binding = {
  name: 'request-mode',
  ask: ({ requestId }) => [
    [header.requestMode, requestMode.asynchronous],
    ...(requestId === undefined ? [] : [[header.requestId, requestId] satisfies [string, string]]),
  ],
  location: (accepted) => {
    const location = responseHeader(accepted, header.location);
    return location === undefined ? undefined : resolveLocation(location, accepted.request.url);
  },
  observe: (answer: Answered) => {
    const body = responseObject(answer);
    if (answer.response.status !== 200)
      return { state: 'unreadable', why: `it was answered ${answer.response.status}` };
    if (body === undefined) return { state: 'unreadable', why: 'the body is not a JSON object' };
    const completed = isObject(body.status) ? body.status.completed : undefined;
    if (typeof completed !== 'boolean') return { state: 'unreadable', why: 'status.completed is not a boolean' };
    return completed ? { state: 'completed', results: operationResults(body) } : { state: 'pending' };
  },
};
