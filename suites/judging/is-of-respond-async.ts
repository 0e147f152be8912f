/** PREF-01 to PREF-09: how a request asks for an asynchronous answer as RFC 9967 has it, and how it is accepted. */
import { header } from '../../schemas/names.js';
import type { TraceView } from './trace-view.js';
import { responseHeader } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';

/** Whether a 202 that nobody asked for is one of this binding; otherwise it is MODE-02's. */
export const isOfRespondAsync = (trace: TraceView, exchange: Answered): boolean =>
  trace.target.bindings['respond-async'] !== undefined &&
  (responseHeader(exchange, header.setTxn) !== undefined || trace.target.bindings['request-mode'] === undefined);
