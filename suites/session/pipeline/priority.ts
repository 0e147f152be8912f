/** Which of the requests that wait is sent first. */
import type { Purpose } from '../../../schemas/types.js';
import type { RequestPlan } from '../request-plan.js';

/** Requests that show the effect of a write, or (cancel) must arrive before the write is done. */
const readingPurposes: ReadonlySet<Purpose> = new Set(['read', 'search', 'status-read', 'cancel']);

/** Reads come before other waiting requests: they must show the state now, and not after all waiting requests. */
export const priorityOf = ({ purpose, isUrgent = false }: RequestPlan): number =>
  isUrgent ? 2 : readingPurposes.has(purpose) ? 1 : 0;

/** That of requests that were throttled before: they go before all others. */
export const throttledPriority = 3;
