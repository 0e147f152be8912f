/** The RATE judges need the throttled answers of a trace. */
import type { TraceView } from '../../judging/trace-view.js';
import { isThrottled } from '../../trace/answers.js';
import { type Answered, isAnswered } from '../../trace/trace.js';

/** Answers of 429, or of 503 with Retry-After. */
export const throttledIn = (trace: TraceView): Answered[] => trace.all().filter(isAnswered).filter(isThrottled);

/** Answers of 429, except those to requests that clean up. */
export const tooManyRequestsIn = (trace: TraceView): Answered[] =>
  trace
    .all()
    .filter(isAnswered)
    .filter(({ response, purpose }) => response.status === 429 && purpose !== 'cleanup');
