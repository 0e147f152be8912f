/** Decides the verdict and the exit code of a run from its results (profile §5, README). */
import type { RequirementResult } from '../../../schemas/types.js';
import { isEndCode, type EndCode } from '../../errors/codes.js';
import { asynchronousRules, deselected } from './asynchronous-rules.js';
import { countOutcomes, judgedOf, plural, unreachedOf, type RunState, type Verdict } from './run-state.js';
import { beyondScope, synchronousRules } from './synchronous-rules.js';

/** Why requirements were not reached, as the end of a sentence. Of the other reasons, the verdict speaks itself. */
const endings: Partial<Record<EndCode, string>> = {
  'max-time-reached': 'before the time of the run was over (--max-time)',
  'waited-in-vain': 'because the target kept the run waiting for answers (--max-time)',
};

/** A sentence about the requirements that were not reached; empty if there are none. */
const unreachedSentence = (unreached: readonly RequirementResult[]): string => {
  const [first] = unreached;
  const code = first?.blockedBy;
  const ending = isEndCode(code) ? endings[code] : undefined;
  if (ending === undefined) return '';
  const ids = unreached.map(({ id }) => id).join(', ');
  return ` ${plural(unreached.length, 'requirement')} ${unreached.length === 1 ? 'was' : 'were'} not reached ${ending}: ${ids}.`;
};

const conformant = (state: RunState): Verdict => {
  const { results, traffic } = state;
  const counts = countOutcomes(results);
  const besides = [
    counts.warning === 0 ? '' : `, ${plural(counts.warning, 'SHOULD')} not met`,
    counts.inconclusive === 0 ? '' : `, ${counts.inconclusive} inconclusive`,
  ].join('');
  return {
    verdict: 'conformant',
    exitCode: 0,
    reason: `No MUST failed: ${plural(judgedOf(state), 'requirement')} judged on ${plural(traffic.exchanges, 'exchange')}${state.facts.scope === 'sync' ? '' : `, ${plural(traffic.accepted, 'asynchronous request')} accepted`}${besides}.${deselected(state)}`,
  };
};

export const judgeRun = (state: RunState): Verdict => {
  const those = state.facts.scope === 'sync' ? synchronousRules : asynchronousRules;
  const first = those.map((rule) => rule(state)).find((verdict) => verdict !== undefined) ?? conformant(state);
  return { ...first, reason: `${first.reason}${unreachedSentence(unreachedOf(state))}${beyondScope(state)}` };
};
