/** ERR-05 and ERR-08 judge every SCIM error, so errors are searched for in all places where a provider may put one. */
import { urn } from '../../../schemas/names.js';
import { operationResults } from '../../bindings/operation-result.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf } from '../../security-events/security-event-token.js';
import { isObject, responseObject, type JsonObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/** The SCIM errors that an answer holds: its body, those in results of operations, and those in completion events. */
export const errorsIn = (trace: TraceView, exchange: Answered): readonly JsonObject[] => {
  const body = responseObject(exchange);
  const inResults = body === undefined ? [] : operationResults(body).map(({ response }) => response);
  const inEvents = trace
    .tokensBy(exchange)
    .map(({ claims }) => completionOf(claims))
    .map((payload) => (isObject(payload) ? payload.response : undefined));
  return [body, ...inResults, ...inEvents]
    .filter(isObject)
    .filter(({ schemas }) => Array.isArray(schemas) && schemas.includes(urn.error));
};
