/** The verdict on a target of which synchronous SCIM is judged (profile 1.1, «Scope»). */
import {
  hasFailures,
  hasHarnessErrors,
  judgedNothing,
  ranOutOfTime,
  toolFailed,
  wasInterrupted,
  wroteNothing,
} from './common-rules.js';
import { isJudged, judgedOf, plural, reasonOf, type Rule, type RunState } from './run-state.js';

/** What carries synchronous SCIM has to be judged, if it was selected. */
const leavesGroundOpen: Rule = (state) => {
  if (state.isPart === true) return undefined;
  const open = state.results.filter(
    (result) => state.synchronousCarriers?.includes(result.id) === true && !(isJudged(result) && result.exercised > 0),
  );
  if (open.length === 0) return undefined;
  const ids = open.map(({ id }) => id).join(', ');
  return {
    verdict: 'inconclusive',
    exitCode: 3,
    reason: `No MUST failed of the ${plural(judgedOf(state), 'requirement')} that were judged, but what carries synchronous SCIM was not judged: ${ids}.${reasonOf(open)}`,
  };
};

/** What the asynchronous scope would add; empty if that was judged. */
export const beyondScope = ({ facts, outOfScope = [] }: RunState): string => {
  if (facts.scope !== 'sync' || outOfScope.length === 0) return '';
  const open = plural(outOfScope.length, 'more requirement');
  return ` This is about synchronous SCIM: ${facts.bindingNote}. An asynchronous binding would be judged by ${open}.`;
};

/** The rules of the synchronous scope; the first that applies decides. */
export const synchronousRules: readonly Rule[] = [
  toolFailed,
  wasInterrupted,
  hasHarnessErrors,
  hasFailures,
  wroteNothing,
  judgedNothing,
  ranOutOfTime,
  leavesGroundOpen,
];
