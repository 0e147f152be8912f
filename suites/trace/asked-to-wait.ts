/** How long an answer asks its client to wait. */
import { header } from '../../schemas/names.js';
import type { Exchange } from '../../schemas/types.js';
import { retryAfterMs } from '../client/retry-after.js';
import { responseHeader } from './message.js';

/** What the provider's own clock said when it answered: a date in Retry-After is one of that clock (RFC 9110 §6.6.1). */
const clockOf = (exchange: Exchange, now: Date): Date => {
  const date = Date.parse(responseHeader(exchange, header.date) ?? '');
  return Number.isNaN(date) ? now : new Date(date);
};

/** Milliseconds until the client may come back; undefined where the answer does not say. */
export const askedToWaitMs = (exchange: Exchange, now: Date): number | undefined => {
  const value = responseHeader(exchange, header.retryAfter);
  return value === undefined ? undefined : retryAfterMs(value, clockOf(exchange, now));
};
