/**
 * The requests of a burst are valid and of few kinds. If one of them is answered 4xx while others of its kind are admitted
 * before and after it, then its content cannot be the reason: it was throttled, whatever the status says.
 */
import { header } from '../../schemas/names.js';
import type { Exchange } from '../../schemas/types.js';
import { isUnavailable, succeeded } from '../trace/answers.js';
import { headerValue } from '../trace/message.js';
import { isAnswered, type Answered } from '../trace/trace.js';

/** Equal for requests that differ only in the names of the resources that they create. */
export const kindOf = ({ request: { method, url, headers } }: Exchange): string =>
  [method, url, headerValue(headers, header.requestMode), headerValue(headers, header.prefer)].join(' ');

/** Whether the answer is 4xx, and none with which a provider should throttle. */
export const isOtherRefusal = (exchange: Exchange): exchange is Answered =>
  isAnswered(exchange) && !isUnavailable(exchange) && exchange.response.status >= 400 && exchange.response.status < 500;

const isAdmitted = (exchange: Exchange): boolean => isAnswered(exchange) && succeeded(exchange);

/**
 * The requests that were throttled with another status than 429 or 503, each after a request of its kind that was admitted
 * before and before one that was admitted afterwards. `requests`: those of one client in the order of their answers.
 */
export const throttledOtherwise = (
  requests: readonly Exchange[],
): { readonly before: Exchange; readonly refused: Answered; readonly after: Exchange }[] =>
  requests.filter(isOtherRefusal).flatMap((refused) => {
    const alike = requests.filter((other) => isAdmitted(other) && kindOf(other) === kindOf(refused));
    const before = alike.find((other) => other.at + other.took <= refused.at);
    const after = alike.find((other) => other.at >= refused.at + refused.took);
    return before === undefined || after === undefined ? [] : [{ before, refused, after }];
  });
