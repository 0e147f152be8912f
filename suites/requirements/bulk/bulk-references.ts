/** BULK-02 and BULK-05: operations of a bulk request that refer to one another by bulkId. */
import { isObject, operationsIn, requestJson } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/** The `data` of one operation, as it was sent. */
export const dataOf = (asked: Answered, index: number): unknown => {
  const operation = operationsIn(requestJson(asked))[index];
  return isObject(operation) ? operation.data : undefined;
};
