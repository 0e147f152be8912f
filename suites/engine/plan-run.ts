/** Shows what a run would do before it is done (`--dry-run`): it reads discovery and writes nothing. */
import type { TargetFacts } from '../../schemas/types.js';
import type { Profile } from '../definitions/profile.js';
import type { Requirement } from '../definitions/requirement.js';
import { meetTarget } from './meet-target.js';
import { openContext } from './open-context.js';
import { planOf } from './plan.js';
import { settingsOf, type RunOptions } from './run-options.js';
import { demandScope, inScope, withScope } from './scope.js';
import { select } from './selection.js';
import { unmetBy } from './unmet.js';

export interface PlannedRun {
  readonly target: TargetFacts;
  /** Scenarios in the order in which they would begin, and how often each would be exercised. */
  readonly scenarios: readonly { readonly name: string; readonly title: string; readonly exercises: number }[];
  readonly exercises: number;
  /** Requirements that would be judged. */
  readonly judged: readonly string[];
  /** Ids of selected requirements that are not in the scope of the run. */
  readonly outOfScope: readonly string[];
  /** Requirements that would be skipped, and why. */
  readonly skipped: readonly { readonly id: string; readonly why: string }[];
}

/**
 * The bindings are those that are advertised: only a create would show whether others are served. Rejects with
 * Unreachable or SelectionError.
 */
export const planRun = async (profile: Profile, options: RunOptions): Promise<PlannedRun> => {
  const settings = settingsOf(options);
  const wanted = select(profile, settings);
  demandScope(profile, wanted, settings);
  const context = openContext(options, { ...settings, readOnly: true }, '00000000');
  try {
    const meeting = await meetTarget(context, { ...settings, jwks: options.jwks });
    const facts = withScope(meeting, profile, wanted, settings);
    const { judged: selected, outOfScope } = inScope(profile, wanted, facts);
    const { exercises, unavailable } = planOf({ profile, selected, facts, settings });
    const counts = new Map<string, { name: string; title: string; exercises: number }>();
    for (const { scenario } of exercises) {
      const known = counts.get(scenario.name) ?? { name: scenario.name, title: scenario.title, exercises: 0 };
      counts.set(scenario.name, { ...known, exercises: known.exercises + 1 });
    }
    const whyNot = (requirement: Requirement): string | undefined => {
      const { judging } = requirement;
      if (judging === undefined) return 'This version has no judge for it.';
      const why = unmetBy(requirement, facts);
      if (why !== undefined) return why;
      const reasons = judging.from === 'every' ? [] : judging.from.map(({ name }) => unavailable.get(name));
      return reasons.length > 0 && reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
    };
    const verdicts = selected.map((requirement) => ({ id: requirement.id, why: whyNot(requirement) }));
    return {
      target: facts,
      scenarios: [...counts.values()],
      exercises: exercises.length,
      judged: verdicts.filter(({ why }) => why === undefined).map(({ id }) => id),
      outOfScope,
      skipped: verdicts.flatMap(({ id, why }) => (why === undefined ? [] : [{ id, why }])),
    };
  } finally {
    await context.transport.close();
  }
};
