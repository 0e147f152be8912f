/** CORE-03: what synchronous writes answer and leave, and whether reads agree with it. */
import type { Answered } from '../../trace/trace.js';

export const succeeded = (exchange: Answered): boolean =>
  exchange.response.status >= 200 && exchange.response.status < 300;
