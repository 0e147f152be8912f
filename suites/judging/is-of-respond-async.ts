/** Which binding a 202 belongs to that nobody asked for: either PREF-09 judges it or MODE-02 does. */
import { header } from '../../schemas/names.js';
import type { TraceView } from './trace-view.js';
import { responseHeader } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';

/** Whether it is one of RFC 9967; otherwise it is one of the request mode. */
export const isOfRespondAsync = (trace: TraceView, exchange: Answered): boolean =>
  trace.target.bindings['respond-async'] !== undefined &&
  (responseHeader(exchange, header.setTxn) !== undefined || trace.target.bindings['request-mode'] === undefined);
