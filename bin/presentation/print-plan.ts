/** Prints what a run would do (`--dry-run`). */
import { printable } from '../../reports/text/visible-text.js';
import { planRun, type PlannedRun, type RunOptions } from '../../suites/index.js';
import { reach } from './reach.js';

const linesOf = (
  { target, scenarios, exercises, judged, skipped, outOfScope }: PlannedRun,
  options: RunOptions,
): string[] => {
  const reasons = new Map<string, string[]>();
  for (const { id, why } of skipped) reasons.set(why, [...(reasons.get(why) ?? []), id]);
  const budget = [
    ...(options.maxTimeMs === undefined || options.maxTimeMs === 0 ? [] : [`at most ${options.maxTimeMs / 1000} s`]),
    ...(options.maxRequests === undefined ? [] : [`at most ${options.maxRequests} requests`]),
    ...(options.maxRps === undefined ? [] : [`at most ${options.maxRps} a second`]),
    ...(options.burst === undefined ? [] : [`a burst of at most ${options.burst}`]),
  ];
  return [
    `A run would do this on ${target.baseUrl} (the target was only read; ${target.bindingNote}):`,
    '',
    ...scenarios.map(({ name, title, exercises: times }) => `  ${String(times).padStart(4)} × ${name}: ${title}`),
    '',
    `${exercises} exercises for ${judged.length} requirements${budget.length === 0 ? '' : `, ${budget.join(', ')}`}.`,
    'Each finding needs a few more exercises, to confirm it and to make it smaller. The names of all created resources begin with scimc-.',
    ...(reasons.size === 0 ? [] : ['', 'Skipped:']),
    ...[...reasons].map(([why, ids]) => `  ${ids.join(' ')}\n      ${why}`),
    ...(outOfScope.length === 0
      ? []
      : ['', `Not in the scope of the run, which is synchronous SCIM: ${outOfScope.length} requirements.`]),
  ];
};

/** Rejects with UsageError. */
export const printPlan = (options: RunOptions): Promise<void> =>
  reach(async () => {
    const plan = await planRun(options);
    process.stdout.write(
      `${linesOf(plan, options)
        .map((line) => line.split('\n').map(printable).join('\n'))
        .join('\n')}\n`,
    );
  });
