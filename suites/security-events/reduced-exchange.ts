/** One token out of an answer that brought many. */
import type { Exchange } from '../../schemas/types.js';
import type { TokenContent } from './security-event-token.js';

/** The exchange as if it had brought this token only, so that a trace holds what belongs to it. */
export const reducedTo = (whole: Exchange, { key = '', jwt, claims }: TokenContent): Exchange => {
  const exchange: Exchange = { ...whole };
  // What it was polled for, it shows no more.
  delete exchange.variant;
  return exchange.response === undefined
    ? exchange
    : { ...exchange, response: { ...exchange.response, body: JSON.stringify({ sets: { [key]: jwt ?? claims } }) } };
};
