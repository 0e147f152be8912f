/** CORE-01, 02, 04, 05 and 06: the synchronous SCIM that the profile stands on. */
import type { TraceView } from '../../judging/trace-view.js';

export const isAsynchronous = (trace: TraceView): boolean => Object.keys(trace.target.bindings).length > 0;
