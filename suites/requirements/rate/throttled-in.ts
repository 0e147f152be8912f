/** RATE-01 to RATE-09: how a provider says that it has enough, and what becomes of what it did not admit. */
import type { TraceView } from '../../judging/trace-view.js';
import { isThrottled } from '../../trace/answers.js';
import { type Answered, isAnswered } from '../../trace/trace.js';

export const answeredWith = (trace: TraceView, status: number): Answered[] =>
  trace
    .all()
    .filter(isAnswered)
    .filter(({ response, purpose }) => response.status === status && purpose !== 'cleanup');

export const throttledIn = (trace: TraceView): Answered[] => trace.all().filter(isAnswered).filter(isThrottled);
