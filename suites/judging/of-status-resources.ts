/** Some requirements for both bindings can be judged only by a status resource, which respond-async does not have. */
import { notApplicable, type Judge } from './judge.js';

/** The judge applies only if the target serves request-mode (profile §7, clarification 1). */
export const ofStatusResources =
  <Code extends string>(judge: Judge<Code>): Judge<Code> =>
  (trace) =>
    trace.target.bindings['request-mode'] === undefined
      ? notApplicable('The respond-async binding shows neither counts nor a status that changes.')
      : judge(trace);
