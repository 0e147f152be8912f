/** Requirements that only a status resource can show. */
import { notApplicable, type Judge } from './judge.js';

/** What only a status resource shows is not judged where there is none (profile §7, clarification 1). */
export const ofStatusResources =
  <Code extends string>(judge: Judge<Code>): Judge<Code> =>
  (trace) =>
    trace.target.bindings['request-mode'] === undefined
      ? notApplicable('The respond-async binding shows neither counts nor a status that changes.')
      : judge(trace);
