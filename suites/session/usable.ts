/** Tells whether a scenario can go on with what an exchange brought. */
import type { Exchange } from '../../schemas/types.js';
import { tooLong } from '../bindings/binding.js';
import { Blocked } from '../errors/errors.js';
import { isCut, isUnavailable } from '../trace/answers.js';
import { isAnswered, type Answered } from '../trace/trace.js';
import { endOf } from './end-of-work.js';

/** Throws Blocked if there is no answer, or if the target throttled the request on every attempt. `signal`: of the run. */
export function demandUsable(exchange: Exchange, signal: AbortSignal): asserts exchange is Answered {
  if (isAnswered(exchange) && !isUnavailable(exchange)) return;
  const end = endOf(signal);
  if (end !== undefined) throw end;
  const what = `${exchange.request.method} ${exchange.request.url}`;
  throw isAnswered(exchange)
    ? new Blocked('throttled', `${what} was throttled (${exchange.response.status}) on every attempt.`)
    : new Blocked('no-answer', `${what} got no answer: ${exchange.failure?.message ?? 'no reason known'}.`);
}

/** Throws Blocked if only the beginning of the answer was kept: the rest is unknown, and the target is not to blame for that. */
export function demandWhole(answer: Answered): void {
  if (isCut(answer))
    throw new Blocked('body-too-long', `The answer to GET ${answer.request.url} cannot be read: ${tooLong}.`);
}
