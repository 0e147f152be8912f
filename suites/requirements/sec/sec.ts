/** SEC-01, 02, 04, 06, 08 and 09: who is let in, and what answers keep to themselves. */
import type { Finding } from '../../judging/judge.js';
import { withEmptyToken } from '../../provider/target.js';
import type { Answered } from '../../trace/trace.js';

export const notLetIn = (exchange: Answered, who: string): Finding | undefined => {
  const { status } = exchange.response;
  const what = exchange.variant ?? 'request';
  // An alias need not be there; what is malformed may be said to be so.
  return status === 401 ||
    (status === 404 && what === 'status by an alias') ||
    (status === 400 && what.endsWith(withEmptyToken))
    ? undefined
    : { expected: `401 to a ${what} ${who}`, actual: `the answer is ${status}`, exchanges: [exchange] };
};
