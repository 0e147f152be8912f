/** A status token may expire during a run, and the TOK judges must not count its refusal as a finding then. */
import type { CodeOf } from '../../errors/codes.js';
import type { TraceView } from '../../judging/trace-view.js';

const expired: CodeOf<'Blocked'> = 'status-token-expired';

/** Whether the token expired before the scenario had tried all uses of it. */
export const hadExpired = (trace: TraceView): boolean => trace.trace.blockedBy === expired;
