/** Lets only so many requests be in flight as the user allows. */
import type { Purpose } from '../../../schemas/types.js';
import type { RequestPlan } from '../request-plan.js';
import type { Stage } from './stage.js';

/** Purposes of exchanges that show what a write has done, and of those that have to come before it is done. */
const looks: ReadonlySet<Purpose> = new Set(['read', 'search', 'status-read', 'cancel']);

/** A look has to show what is there now, and not what will be there when all that waits was sent. */
export const priorityOf = ({ purpose, isUrgent = false }: RequestPlan): number =>
  isUrgent ? 2 : looks.has(purpose) ? 1 : 0;

export const takeTurn: Stage = (context, next) => (outgoing) =>
  context.lanes.add(() => next(outgoing), priorityOf(outgoing.plan));
