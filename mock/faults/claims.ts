/** Helpers for faults that change security event tokens. */
import { eventUri } from '../../schemas/names.js';
import type { EventContext } from '../events/event-seams.js';
import { isJson, type Json } from '../json.js';
import type { Claims } from '../security-event.js';
import type { Fault } from './fault.js';

/** A fault that changes claims before they are signed. */
export const claiming =
  (change: (claims: Claims, context: EventContext) => Claims | undefined): Fault['seams'] =>
  ({ claimsOf }) => ({
    claimsOf: (claims, context) => {
      const honest = claimsOf(claims, context);
      return honest === undefined ? undefined : change(honest, context);
    },
  });

/** The payload of a completion event; undefined if the claims are of another event. */
export const completion = ({ events }: Claims): Json | undefined => {
  const payload = isJson(events) ? events[eventUri.asyncResponse] : undefined;
  return isJson(payload) ? payload : undefined;
};

/** A fault that changes the claims of completion events. */
export const completing = (
  change: (claims: Claims, payload: Json, context: EventContext) => Claims | undefined,
): Fault['seams'] =>
  claiming((claims, context) => {
    const payload = completion(claims);
    return payload === undefined ? claims : change(claims, payload, context);
  });

/** A fault that changes the payload of completion events. */
export const paying = (change: (payload: Json) => Json): Fault['seams'] =>
  completing((claims, payload) => ({ ...claims, events: { [eventUri.asyncResponse]: change(payload) } }));

export const isFailure = ({ status }: Json): boolean => Number(status) >= 400;
