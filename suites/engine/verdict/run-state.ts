/** The values that decide the verdict of a run, and what several rules ask of them. */
import type { EndedEarly, OutcomeCounts, RequirementResult, TargetFacts, Traffic } from '../../../schemas/types.js';
import type { Profile } from '../../definitions/profile.js';
import { isEndCode, type EndCode } from '../../errors/codes.js';

export type Verdict = Readonly<EndedEarly>;

export interface RunState {
  readonly results: readonly RequirementResult[];
  readonly traffic: Traffic;
  readonly facts: TargetFacts;
  /** Why the work of the run ended before all of it was done. */
  readonly endedBy: EndCode | undefined;
  /** The profile's `completion`. */
  readonly completion: string | undefined;
  /** The profile's `carriers`. */
  readonly carriers?: Profile['carriers'];
  /** The carriers of the profile's synchronous scope. */
  readonly synchronousCarriers?: readonly string[] | undefined;
  /** Ids of the selected requirements that are not in the scope of the run. */
  readonly outOfScope?: readonly string[];
  /** Whether the run makes only some exercises of the requirements (`--path`, `--shard`). */
  readonly isPart?: boolean;
  /** Whether the user wants both bindings. */
  readonly wantsBoth: boolean;
  /** Whether the run must not write. */
  readonly readOnly: boolean;
}

/** What a profile demands of a verdict. */
export const demandsOf = ({
  completion,
  carriers,
  synchronous,
}: Profile): Pick<RunState, 'completion' | 'carriers' | 'synchronousCarriers'> => ({
  completion,
  carriers,
  synchronousCarriers: synchronous?.carriers,
});

/** Returns a verdict if the rule applies. */
export type Rule = (state: RunState) => Verdict | undefined;

export const countOutcomes = (results: readonly RequirementResult[]): OutcomeCounts => {
  const counts: OutcomeCounts = {
    pass: 0,
    fail: 0,
    warning: 0,
    skip: 0,
    inconclusive: 0,
    ambiguous: 0,
    'not-implemented': 0,
    'harness-error': 0,
  };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
};

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const notTestable = (reason: string): Verdict => ({ verdict: 'not-testable', exitCode: 3, reason });

export const failuresOf = ({ results }: RunState): string[] =>
  results.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);

/** Judged without a failure. An ambiguous requirement was exercised, and nothing in its text says that the target is wrong. */
export const isJudged = ({ outcome }: RequirementResult): boolean =>
  outcome === 'pass' || outcome === 'warning' || outcome === 'ambiguous';

/** How many requirements were judged without a failure. */
export const judgedOf = ({ results }: RunState): number => results.filter(isJudged).length;

/** Requirements that the run did not reach, because its work ended before. */
export const unreachedOf = ({ results }: RunState): RequirementResult[] =>
  results.filter(({ outcome, blockedBy }) => outcome === 'inconclusive' && isEndCode(blockedBy));

/** Why one of these was not judged, as a sentence; of requirements that were not reached, the verdict speaks itself. */
export const reasonOf = (open: readonly RequirementResult[]): string => {
  const why = open.find(({ reason, blockedBy }) => reason !== undefined && !isEndCode(blockedBy));
  return why === undefined ? '' : ` ${why.id}: ${why.reason ?? ''}`;
};
