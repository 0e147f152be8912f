/** Status tokens end while a run goes on. */
import type { TraceView } from '../../judging/trace-view.js';

/** Whether a token ended before all uses of it were tried: it reads nothing any more then, and that says nothing. */
export const hadExpired = (trace: TraceView): boolean => trace.trace.blocked?.includes('had expired') === true;
