/** Implementations × requirements: what each implementation made of the same text. */
import type { Report, RequirementResult } from '../../schemas/types.js';

export interface Implementation {
  /** As in «Example SCIM 4.2». */
  readonly name: string;
  readonly report: Report;
}

export interface Row {
  readonly id: string;
  readonly level: RequirementResult['level'];
  readonly title: string;
  readonly sources: readonly string[];
  /** One for each implementation; undefined if its run did not have this requirement. */
  readonly results: readonly (RequirementResult | undefined)[];
}

/**
 * `ambiguous`: the text leaves the point open, for some implementation; `differs`: some meet it and some do not. Where
 * implementations of one text differ, the text may be at fault.
 */
export type RowKind = 'ambiguous' | 'differs' | 'failed' | 'agreed' | 'not-judged';

const failures: ReadonlySet<string> = new Set(['fail', 'warning']);

export const kindOf = ({ results }: Row): RowKind => {
  const outcomes = results.flatMap((result) => result?.outcome ?? []);
  if (outcomes.includes('ambiguous')) return 'ambiguous';
  const isMissed = outcomes.some((outcome) => failures.has(outcome));
  if (isMissed && outcomes.includes('pass')) return 'differs';
  if (isMissed) return 'failed';
  return outcomes.includes('pass') ? 'agreed' : 'not-judged';
};

const order: readonly RowKind[] = ['ambiguous', 'differs', 'failed', 'agreed', 'not-judged'];

/** All requirements of the reports: first those where the text may be at fault, each kind in the order of the profile. */
export const matrixOf = (implementations: readonly Implementation[]): Row[] => {
  const all = new Map(
    implementations.flatMap(({ report }) => report.requirements.map((result) => [result.id, result])),
  );
  const rows = [...all.values()].map(({ id, level, title, source }): Row => ({
    id,
    level,
    title,
    sources: source.map(({ label }) => label),
    results: implementations.map(({ report }) => report.requirements.find((result) => result.id === id)),
  }));
  return order.flatMap((kind) => rows.filter((row) => kindOf(row) === kind));
};

export const kindNames: Readonly<Record<RowKind, string>> = {
  ambiguous: 'The text leaves it open',
  differs: 'Implementations differ',
  failed: 'No implementation meets it',
  agreed: 'Implementations agree',
  'not-judged': 'Not judged',
};

/** What an implementation made of it, in a few words. */
export const wordOf = (result: RequirementResult | undefined): string => {
  if (result === undefined) return '–';
  switch (result.outcome) {
    case 'skip':
      return '–';
    case 'pass':
      return 'yes';
    case 'fail':
      return 'no';
    case 'warning':
      return 'no (SHOULD)';
    case 'harness-error':
      return 'error of the suite';
    default:
      return result.outcome;
  }
};

/** Why: the reading of an open point, or what was found. */
export const detailOf = (result: RequirementResult | undefined): string | undefined => {
  if (result === undefined) return undefined;
  const { outcome, reason, evidence } = result;
  if (outcome === 'ambiguous') return reason;
  return failures.has(outcome) && evidence !== undefined
    ? `${evidence.code}: expected ${evidence.expected}, but ${evidence.actual}`
    : undefined;
};

/** Numbers of requirements of one implementation. */
export const coverageOf = ({ report: { requirements } }: Implementation) => {
  const count = (...outcomes: readonly string[]): number =>
    requirements.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return { met: count('pass'), missed: count('fail', 'warning'), open: count('ambiguous'), all: requirements.length };
};
