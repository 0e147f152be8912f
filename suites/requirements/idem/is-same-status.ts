/** The IDEM judges compare the status resources of two answers: by id or, if an answer has none, by Location. */
import { header } from '../../../schemas/names.js';
import { resolveLocation } from '../../bindings/locations.js';
import { responseHeader, responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

interface StatusPlace {
  readonly id: string | undefined;
  /** Absolute. */
  readonly location: string | undefined;
}

const placeOf = (exchange: Answered): StatusPlace => {
  const id = responseObject(exchange)?.id;
  const location = responseHeader(exchange, header.location);
  return {
    id: typeof id === 'string' ? id : undefined,
    location: location === undefined ? undefined : resolveLocation(location, exchange.request.url),
  };
};

/** Names the status resource of an answer for a finding. */
export const describeStatus = (exchange: Answered): string => {
  const { id, location } = placeOf(exchange);
  return id === undefined ? (location ?? 'an unknown one') : `id ${id}`;
};

/** Whether two answers lead to the same status resource; undefined if they have neither ids nor Locations to compare. */
export const isSameStatus = (a: Answered, b: Answered): boolean | undefined => {
  const [first, second] = [placeOf(a), placeOf(b)];
  if (first.id !== undefined && second.id !== undefined) return first.id === second.id;
  if (first.location !== undefined && second.location !== undefined) return first.location === second.location;
  return undefined;
};
