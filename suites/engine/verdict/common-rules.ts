/** Rules of the verdict that hold in every scope. */
import {
  countOutcomes,
  failuresOf,
  isJudged,
  judgedOf,
  notTestable,
  plural,
  reasonOf,
  unreachedOf,
  type Rule,
  type RunState,
} from './run-state.js';
import { isRuleCode } from '../../errors/codes.js';

const toolFailed: Rule = ({ endedBy }) =>
  endedBy === 'tool-failed'
    ? {
        verdict: 'error',
        exitCode: 2,
        reason: 'An unexpected error in scim-conformance itself ended the run.',
      }
    : undefined;

const wasInterrupted: Rule = ({ endedBy }) =>
  endedBy === 'run-interrupted'
    ? { verdict: 'interrupted', exitCode: 130, reason: 'The run was interrupted before its end.' }
    : undefined;

const hasHarnessErrors: Rule = ({ results }) => {
  const count = countOutcomes(results)['harness-error'];
  if (count === 0) return undefined;
  const byRule = results.filter(({ outcome, blockedBy }) => outcome === 'harness-error' && isRuleCode(blockedBy));
  const cause =
    byRule.length < count
      ? 'an error in scim-conformance itself'
      : `a mistake in the profile file: ${byRule.map(({ id }) => id).join(', ')}`;
  return {
    verdict: 'error',
    exitCode: 2,
    reason: `${plural(count, 'requirement')} could not be judged because of ${cause}.`,
  };
};

export const hasFailures: Rule = (state) => {
  const failed = failuresOf(state);
  if (failed.length === 0) return undefined;
  return {
    verdict: 'non-conformant',
    exitCode: 1,
    reason: `${plural(failed.length, 'MUST requirement')} failed: ${failed.join(', ')}.`,
  };
};

export const wroteNothing: Rule = (state) =>
  state.readOnly
    ? notTestable(
        `No MUST failed of the ${plural(judgedOf(state), 'requirement')} that can be judged by reading; ${state.facts.scope === 'sync' ? 'nothing was written' : 'nothing asynchronous was exercised'}, because of --read-only.`,
      )
    : undefined;

export const judgedNothing: Rule = (state) =>
  judgedOf(state) === 0 ? notTestable('None of the selected requirements could be judged.') : undefined;

/** A run that did not reach every MUST cannot say that the target conforms. */
export const ranOutOfTime: Rule = (state) => {
  const unreached = unreachedOf(state);
  if (!unreached.some(({ level }) => level === 'MUST')) return undefined;
  return {
    verdict: 'inconclusive',
    exitCode: 3,
    reason: `No MUST failed of the ${plural(judgedOf(state), 'requirement')} that were judged, but not all were reached.`,
  };
};

/** The rule that these requirements have to be judged, if they were selected. `what` is what they carry. */
export const leavesOpen =
  (carriersOf: (state: RunState) => readonly string[], what: string): Rule =>
  (state) => {
    if (state.isPart === true) return undefined;
    const carriers = carriersOf(state);
    // An open point of the text can be seen before anything was judged, such as the answer while a result is not there yet.
    const open = state.results.filter(
      (result) => carriers.includes(result.id) && !(isJudged(result) && result.exercised > 0),
    );
    if (open.length === 0) return undefined;
    const ids = open.map(({ id }) => id).join(', ');
    return {
      verdict: 'inconclusive',
      exitCode: 3,
      reason: `No MUST failed of the ${plural(judgedOf(state), 'requirement')} that were judged, but what carries ${what} was not judged: ${ids}.${reasonOf(open)}`,
    };
  };

/** What broke the run itself comes before all that was found. */
export const brokenRun: readonly Rule[] = [toolFailed, wasInterrupted, hasHarnessErrors];
