/**
 * What a requirement means to a pipeline. The outcome says what was seen; the gate says what of it stops a build: a
 * baseline excuses what is known, and --fail-on may make more of it fail.
 */
import type { Gate, Report, RequirementResult } from '../schemas/types.js';

/** `not-judged` is every outcome that says nothing against the target and nothing for it. */
export type Standing = 'passed' | 'warned' | 'failed' | 'known' | 'not-judged' | 'harness-error';

export const standingOf = (
  { id, outcome }: RequirementResult,
  gate: Pick<Gate, 'known' | 'fresh'> | undefined,
): Standing => {
  // An error of this tool is nobody's known failure.
  if (outcome === 'harness-error') return 'harness-error';
  if (gate?.fresh.includes(id) === true) return 'failed';
  if (gate?.known.includes(id) === true) return 'known';
  if (outcome === 'fail') return 'failed';
  if (outcome === 'warning') return 'warned';
  return outcome === 'pass' ? 'passed' : 'not-judged';
};

/** The group of an id, such as STAT of STAT-03. */
export const groupOf = (id: string): string => id.split('-')[0] ?? id;

/** The groups with their requirements, in the order of the report. */
export const groupsOf = (results: readonly RequirementResult[]): Map<string, RequirementResult[]> => {
  const groups = new Map<string, RequirementResult[]>();
  for (const result of results) {
    const group = groupOf(result.id);
    groups.set(group, [...(groups.get(group) ?? []), result]);
  }
  return groups;
};

/** Whether the run judged too little to say anything of the target; a gate may find that of what it leaves. */
export const isUnjudged = ({ exitCode }: Report): boolean => exitCode !== 0 && exitCode !== 1;

/** How much a result weighs: a finding may be graded lower than its requirement. */
export const levelOf = ({ evidence, level }: RequirementResult): RequirementResult['level'] => evidence?.level ?? level;
