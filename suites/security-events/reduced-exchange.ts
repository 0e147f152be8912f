/** Reduces an answer with many tokens to one of them. */
import type { Exchange } from '../../schemas/types.js';
import type { TokenContent } from './security-event-token.js';

/** The exchange as if it had brought only this token, so that a trace holds no tokens of other exercises. */
export const reducedTo = (whole: Exchange, { key = '', jwt, claims }: TokenContent): Exchange => {
  const exchange: Exchange = { ...whole };
  // The reduced answer no longer shows what this step tests.
  delete exchange.variant;
  return exchange.response === undefined
    ? exchange
    : { ...exchange, response: { ...exchange.response, body: JSON.stringify({ sets: { [key]: jwt ?? claims } }) } };
};
