/**
 * What a requirement means to a pipeline. The outcome says what was seen; the gate says what of it stops a build: a
 * baseline excuses what is known, and --fail-on may make more of it fail.
 */
import type { Gate, Report, RequirementResult } from '../../schemas/types.js';

/** `not-judged` is every outcome that says nothing against the target and nothing for it. */
export type Standing = 'passed' | 'warned' | 'failed' | 'known' | 'not-judged' | 'harness-error';

/** The requirement that a name of a gate is about: an id, with the code of what is wrong behind a blank. */
export const idOf = (name: string): string => name.split(' ', 1)[0] ?? name;

/** Whether a list of a gate names this requirement, with whichever code. */
export const namesIt = (names: readonly string[] | undefined, id: string): boolean =>
  names?.some((name) => idOf(name) === id) === true;

/** Why what is known of a requirement is tolerated; undefined where nothing is. */
export const toleranceOf = (gate: Pick<Gate, 'reasons'> | undefined, id: string): string | undefined => {
  const reasons = Object.entries(gate?.reasons ?? {}).flatMap(([name, reason]) => (idOf(name) === id ? [reason] : []));
  return reasons.length === 0 ? undefined : [...new Set(reasons)].join('; ');
};

export const standingOf = (
  { id, outcome }: RequirementResult,
  gate: Pick<Gate, 'known' | 'fresh'> | undefined,
): Standing => {
  // An error of this tool is nobody's known failure.
  if (outcome === 'harness-error') return 'harness-error';
  if (namesIt(gate?.fresh, id)) return 'failed';
  if (namesIt(gate?.known, id)) return 'known';
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
