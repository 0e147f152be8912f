/** Bulk responses, status resources and completion events hold results of operations in the same form (RFC 7644 §3.7.3). */
import { isObject, type JsonObject } from '../trace/message.js';
import type { OperationResult } from './binding.js';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads the members that have the right type; `index` is the place of the operation in the request. */
export const readOperation = (operation: JsonObject, index: number): OperationResult => {
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

/** The results in a status resource or a bulk response, as far as they can be read. */
export const operationResults = (body: JsonObject): OperationResult[] =>
  Array.isArray(body.Operations) ? body.Operations.filter(isObject).map(readOperation) : [];
