/** Bulk responses, status resources and completion events hold results of operations in the same form (RFC 7644 §3.7.3). */
import { isObject, type JsonObject, operationsIn } from '../trace/message.js';
import type { OperationResult } from './binding.js';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const textOrNumber = (value: unknown): string | undefined => (typeof value === 'number' ? String(value) : text(value));

/**
 * The status of a result as text: a string (RFC 7644 §3.7.3), the `code` of an object (as in the example of §3.7.2), or a
 * number, which is wrong; undefined if it is none of these.
 */
export const statusOf = (status: unknown): string | undefined => textOrNumber(isObject(status) ? status.code : status);

/** Whether the status of a result is an object with the status as its `code`. */
export const hasObjectAsStatus = (result: unknown): boolean =>
  isObject(result) && isObject(result.status) && statusOf(result.status) !== undefined;

/** A result with the `code` as its status if its status is an object; any other value is returned unchanged. */
export const withPlainStatus = (result: unknown): unknown =>
  isObject(result) && hasObjectAsStatus(result) ? { ...result, status: statusOf(result.status) } : result;

/** Reads the members that have the right type; `index` is the place of the operation in the request. */
export const readOperation = (operation: JsonObject, index: number): OperationResult => {
  const method = text(operation.method);
  const status = statusOf(operation.status);
  const bulkId = text(operation.bulkId);
  const location = text(operation.location);
  const version = text(operation.version);
  return {
    index,
    ...(method === undefined ? {} : { method }),
    ...(status === undefined ? {} : { status }),
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(location === undefined ? {} : { location }),
    ...(version === undefined ? {} : { version }),
    ...(operation.response === undefined ? {} : { response: operation.response }),
  };
};

/** The results in a status resource or a bulk response, as far as they can be read. */
export const operationResults = (body: JsonObject): OperationResult[] =>
  operationsIn(body).filter(isObject).map(readOperation);
