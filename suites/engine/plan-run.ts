/** What a run would do, for who wants to know before it is done: discovery is read, and nothing is written. */
import type { TargetFacts } from '../../schemas/types.js';
import { judges } from '../judges/index.js';
import { meetTarget } from './meet-target.js';
import { openContext } from './open-context.js';
import { planOf, select, unmet } from './plan.js';
import { settingsOf, type RunOptions } from './run-options.js';

export interface PlannedRun {
  readonly target: TargetFacts;
  /** Scenarios in the order in which they would begin, and how often each would be exercised. */
  readonly scenarios: readonly { readonly name: string; readonly title: string; readonly exercises: number }[];
  readonly exercises: number;
  /** Requirements that would be judged. */
  readonly judged: readonly string[];
  /** Requirements that would be skipped, and why. */
  readonly skipped: readonly { readonly id: string; readonly why: string }[];
}

/**
 * Bindings are those that are advertised: whether others are served, only a create would show. Rejects with Unreachable
 * or SelectionError.
 */
export const planRun = async (options: RunOptions): Promise<PlannedRun> => {
  const settings = settingsOf(options);
  const selected = select(settings);
  const context = openContext(options, { ...settings, readOnly: true }, '00000000');
  try {
    const { facts } = await meetTarget(context, { ...settings, jwks: options.jwks });
    const { exercises, unavailable } = planOf(settings, facts, selected);
    const counts = new Map<string, { name: string; title: string; exercises: number }>();
    for (const { scenario } of exercises) {
      const known = counts.get(scenario.name) ?? { name: scenario.name, title: scenario.title, exercises: 0 };
      counts.set(scenario.name, { ...known, exercises: known.exercises + 1 });
    }
    const whyNot = (id: string): string | undefined => {
      const entry = judges.get(id);
      if (entry === undefined) return 'This version has no judge for it.';
      const reasons = entry.from === 'every' ? [] : entry.from.map((name) => unavailable.get(name));
      return reasons.length > 0 && reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
    };
    const verdicts = selected.map(({ id, needs }) => ({
      id,
      why: (judges.has(id) ? unmet(needs, facts) : undefined) ?? whyNot(id),
    }));
    return {
      target: facts,
      scenarios: [...counts.values()],
      exercises: exercises.length,
      judged: verdicts.filter(({ why }) => why === undefined).map(({ id }) => id),
      skipped: verdicts.flatMap(({ id, why }) => (why === undefined ? [] : [{ id, why }])),
    };
  } finally {
    await context.client.close();
  }
};
