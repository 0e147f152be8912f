/**
 * What the result of a requirement means for a pipeline. The outcome says what was observed. The gate says whether that
 * fails the build: a baseline tolerates known failures, and --fail-on can make more than a failed MUST fail the build.
 */
import type { Gate, Report, RequirementResult } from '../../schemas/types.js';

/** `not-judged` stands for every outcome that says nothing about the target. */
export type Standing = 'passed' | 'warned' | 'failed' | 'known' | 'not-judged' | 'harness-error';

/**
 * The id of the requirement in an entry of the gate. An entry is an id, or an id and the code of a finding with a space
 * between them.
 */
export const idOf = (name: string): string => name.split(' ', 1)[0] ?? name;

/** Whether a list of gate entries contains this requirement, with any code. */
export const includesId = (names: readonly string[] | undefined, id: string): boolean =>
  names?.some((name) => idOf(name) === id) === true;

/** Why the known failures of a requirement are tolerated; undefined if it has none. */
export const toleranceReasonOf = (gate: Pick<Gate, 'reasons'> | undefined, id: string): string | undefined => {
  const reasons = Object.entries(gate?.reasons ?? {}).flatMap(([name, reason]) => (idOf(name) === id ? [reason] : []));
  return reasons.length === 0 ? undefined : [...new Set(reasons)].join('; ');
};

export const standingOf = (
  { id, outcome }: RequirementResult,
  gate: Pick<Gate, 'known' | 'fresh'> | undefined,
): Standing => {
  // A baseline lists failures of a target. An error of this tool is not one of them.
  if (outcome === 'harness-error') return 'harness-error';
  if (includesId(gate?.fresh, id)) return 'failed';
  if (includesId(gate?.known, id)) return 'known';
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

/**
 * Whether too little was judged to say anything about the target: in the whole run, or among the requirements that the
 * gate looks at.
 */
export const isUnjudged = ({ exitCode }: Report): boolean => exitCode !== 0 && exitCode !== 1;

/** The level of a result. A finding can have a lower level than its requirement. */
export const levelOf = ({ evidence, level }: RequirementResult): RequirementResult['level'] => evidence?.level ?? level;
