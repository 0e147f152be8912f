/** The verdict on a target of which synchronous SCIM is judged (profile 1.1, «Scope»). */
import { brokenRun, hasFailures, judgedNothing, leavesOpen, ranOutOfTime, wroteNothing } from './common-rules.js';
import { plural, type Rule, type RunState } from './run-state.js';

/** What the asynchronous scope would add; empty if that was judged. */
export const beyondScope = ({ facts, outOfScope = [] }: RunState): string => {
  if (facts.scope !== 'sync' || outOfScope.length === 0) return '';
  const open = plural(outOfScope.length, 'more requirement');
  return ` This is about synchronous SCIM: ${facts.bindingNote}. An asynchronous binding would be judged by ${open}.`;
};

/** The rules of the synchronous scope; the first that applies decides. */
export const synchronousRules: readonly Rule[] = [
  ...brokenRun,
  hasFailures,
  wroteNothing,
  judgedNothing,
  ranOutOfTime,
  leavesOpen(({ synchronousCarriers = [] }) => synchronousCarriers, 'synchronous SCIM'),
];
