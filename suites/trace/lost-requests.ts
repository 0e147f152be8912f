/**
 * Tells a request that the target never answers from one that got lost: it is evidence only if all its attempts got no
 * answer, and other requests right after them did (profile 1.1, clarification 7).
 */
import type { Exchange } from '../../schemas/types.js';
import { isStep, step } from './step.js';
import { isAnswered } from './trace.js';

export const stillThere = {
  /** Usual requests after one that got no answer at all. */
  step: step('whether the target is there'),
  /** So many of them have to be answered: over a network that loses every third connection this hardly happens. */
  enough: 8,
};

/** Attempts without an answer that are evidence: fewer if each of them took as long as `--timeout`. */
const enoughAttempts = { connection: 5, timeout: 2 };

/** The attempts of a request in the order in which they were sent. `last`: the last one. */
const attemptsOf = (exchanges: readonly Exchange[], last: Exchange): Exchange[] => {
  const attempts = [last];
  for (let { retryOf } = last; retryOf !== undefined;) {
    const before = exchanges.find(({ n }) => n === retryOf);
    if (before === undefined) break;
    attempts.unshift(before);
    retryOf = before.retryOf;
  }
  return attempts;
};

const isLost = ({ failure }: Exchange): boolean => failure?.code === 'connection' || failure?.code === 'timeout';

/**
 * Whether the target answers others and not this request. `exchanges`: all of the trace; `last`: the last attempt of the
 * request, which got no answer.
 */
export const isNeverAnswered = (exchanges: readonly Exchange[], last: Exchange): boolean => {
  if (isAnswered(last)) return false;
  const attempts = attemptsOf(exchanges, last);
  if (attempts.some(isAnswered)) return false;
  const lost = attempts.filter(isLost);
  const isLate = lost.some(({ failure }) => failure?.code === 'timeout');
  if (lost.length < enoughAttempts[isLate ? 'timeout' : 'connection']) return false;
  const others = exchanges
    .filter((exchange) => isStep(exchange, stillThere.step) && exchange.at >= last.at + last.took)
    .slice(0, stillThere.enough);
  return others.length === stillThere.enough && others.every(isAnswered);
};
