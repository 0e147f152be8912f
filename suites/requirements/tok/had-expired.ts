/** Status tokens end while a run goes on. */
import type { CodeOf } from '../../errors/codes.js';
import type { TraceView } from '../../judging/trace-view.js';

const expired: CodeOf<'Blocked'> = 'status-token-expired';

/** Whether a token ended before all uses of it were tried: it reads nothing any more then, and that says nothing. */
export const hadExpired = (trace: TraceView): boolean => trace.trace.blockedBy === expired;
