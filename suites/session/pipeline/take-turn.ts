/** Limits the number of requests in flight to what the user allows. */
import { priorityOf } from './priority.js';
import type { Stage } from './stage.js';

export const takeTurn: Stage = (context, next) => (outgoing) =>
  context.lanes.add(() => next(outgoing), priorityOf(outgoing.plan));
