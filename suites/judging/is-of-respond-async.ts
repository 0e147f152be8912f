/** A 202 to a synchronous request belongs to one of the bindings: PREF-09 or MODE-02 judges it, but never both. */
import { header } from '../../schemas/names.js';
import type { TraceView } from './trace-view.js';
import { responseHeader } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';

/** Whether a 202 belongs to the respond-async binding; otherwise it belongs to request-mode. */
export const isOfRespondAsync = (trace: TraceView, exchange: Answered): boolean =>
  trace.target.bindings['respond-async'] !== undefined &&
  (responseHeader(exchange, header.setTxn) !== undefined || trace.target.bindings['request-mode'] === undefined);
