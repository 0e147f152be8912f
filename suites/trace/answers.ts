/** Tells successful, cut and throttled answers apart, and when they were made. */
import { header } from '../../schemas/names.js';
import type { Exchange } from '../../schemas/types.js';
import { responseHeader } from './message.js';
import type { Answered } from './trace.js';

/** Whether the answer is 2xx. */
export const succeeded = ({ response }: Answered): boolean => response.status >= 200 && response.status < 300;

/** 404 or 410: there is nothing at the URL (RFC 9110 §15.5.5, §15.5.11). */
export const isNotFound = ({ response }: Answered): boolean => response.status === 404 || response.status === 410;

/** Whether only the beginning of the answer's body was kept. */
export const isCut = ({ response }: Exchange): boolean => response?.truncated === true;

/** 429, or 503 with Retry-After: the provider asks to send the request later (RFC 6585 §4, RFC 9110 §15.6.4). */
export const isThrottled = (exchange: Answered): boolean =>
  exchange.response.status === 429 ||
  (exchange.response.status === 503 &&
    exchange.response.headers.some(([name]) => name.toLowerCase() === 'retry-after'));

/** 429 or 503, with or without Retry-After: the answer shows nothing about the requested operation. */
export const isUnavailable = (exchange: Answered): boolean => [429, 503].includes(exchange.response.status);

/** When the answer was made, by the target's clock: its Date (RFC 9110 §6.6.1), in milliseconds since 1970; NaN if unknown. */
export const dateOf = (exchange: Exchange): number => Date.parse(responseHeader(exchange, header.date) ?? '');
