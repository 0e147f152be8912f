/**
 * `scim-conformance self-test`: proves that the suite finds every fault of the mock, and no fault that is not there.
 */
import { createLogUpdate } from 'log-update';
import type { CommandModule } from 'yargs';
import type { Fault } from '../../mock/index.js';
import { judgedBy, version } from '../../suites/index.js';
import { profileFlag, profileOf, type ProfileFlags } from '../options/profile-option.js';
import { isClean, killMatrix, killTable } from '../self-test/kill-matrix.js';
import { summaryOf } from '../self-test/summary.js';
import { runTrials } from '../self-test/run-trials.js';
import { planHonestTrial, planTrial, showsOver, type Conditions } from '../self-test/trial-plan.js';
import type { Trial } from '../self-test/trial.js';
import { placeOf } from '../files/place.js';
import { writeWhole } from '../files/write-file.js';
import { UsageError } from '../usage/usage-error.js';

interface SelfTestFlags extends ProfileFlags {
  readonly fault: string[];
  readonly seeds: number;
  readonly clean: number;
  readonly seed: number;
  readonly json?: string | undefined;
  readonly table?: string | undefined;
  readonly binding: Conditions['binding'];
  readonly observe: Conditions['observe'];
  readonly real: boolean;
  readonly quick: boolean;
}

const count = (value: number, option: string): number => {
  if (!Number.isSafeInteger(value) || value < 0) throw new UsageError(`${option} takes a whole number of 0 or more`);
  return value;
};

const from = (first: number, length: number): number[] => Array.from({ length }, (_, index) => first + index);

/** The missed and the unexpected requirements of a trial, one on each line; undefined if there are none. */
const mistakesOf = (trial: Trial, fault: Fault | undefined): string | undefined => {
  const { breaks = [], entails = [] } = fault ?? {};
  const missed = breaks.filter((id) => !trial.red.includes(id));
  const collateral = trial.red.filter((id) => !breaks.includes(id) && !entails.includes(id));
  if (missed.length + collateral.length === 0) return undefined;
  const name = trial.fault ?? 'the honest mock';
  const why = (id: string): string =>
    trial.findings[id] ??
    `nothing was found; the outcome was ${trial.outcomes[id] ?? 'none'}; the run was ${trial.ended}`;
  return [
    ...missed.map((id) => `MISSED      ${name}, seed ${trial.seed}: ${id} (${why(id)})`),
    ...collateral.map((id) => `COLLATERAL  ${name}, seed ${trial.seed}: ${id} (${why(id)})`),
  ].join('\n');
};

export const selfTestCommand: CommandModule<unknown, SelfTestFlags> = {
  command: 'self-test',
  describe: 'Test the suite itself: run it against the mock with each fault, and without a fault',
  builder: (yargs) =>
    profileFlag(yargs)
      .option('fault', {
        type: 'string',
        array: true,
        requiresArg: true,
        default: [] as string[],
        describe: 'Try only these faults',
      })
      .option('seeds', { type: 'number', default: 1, requiresArg: true, describe: 'Number of seeds for each fault' })
      .option('clean', {
        type: 'number',
        default: 2,
        requiresArg: true,
        describe: 'Number of seeds for the mock without a fault',
      })
      .option('seed', { type: 'number', default: 1, requiresArg: true, describe: 'The first seed' })
      .option('json', { type: 'string', requiresArg: true, describe: 'Write the kill matrix as JSON to this file' })
      .option('binding', {
        choices: ['auto', 'request-mode', 'respond-async', 'both'] as const,
        default: 'auto' as const,
        requiresArg: true,
        describe: 'Binding to test; auto: the binding in which each fault shows',
      })
      .option('observe', {
        choices: ['auto', 'result', 'poll', 'push'] as const,
        default: 'auto' as const,
        requiresArg: true,
        describe: 'How to learn that a respond-async request has completed',
      })
      .option('real', {
        type: 'boolean',
        default: false,
        describe: 'Use sockets and real time instead of a simulation',
      })
      .option('quick', {
        type: 'boolean',
        default: false,
        describe: 'Test only what each fault breaks: much faster, and not shown is what else it turns red',
      })
      .option('table', {
        type: 'string',
        requiresArg: true,
        describe: 'Write the kill matrix as a Markdown table to this file',
      }),
  handler: async (flags) => {
    if (flags.json !== undefined) placeOf(flags.json, '--json');
    if (flags.table !== undefined) placeOf(flags.table, '--table');
    const { faults } = await import('../../mock/index.js');
    const names = flags.fault.flatMap((name) => name.split(','));
    const unknown = names.find((name) => !faults.some((fault) => fault.name === name));
    if (unknown !== undefined) {
      throw new UsageError(`there is no fault «${unknown}»: «scim-conformance mock --list-faults» shows them all`);
    }
    const { binding, observe, real, quick } = flags;
    const profile = profileOf(flags.profile);
    const conditions: Conditions = {
      runtime: real ? 'real' : 'simulated',
      profile: flags.profile ?? profile.version,
      binding,
      observe,
      quick,
    };
    const declared = profile.overlay?.declared ?? [];
    const judged = [...judgedBy(profile).keys()];
    const tried = faults
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .filter((fault) => showsOver(fault, binding))
      // What a profile file declares has no fault, and may fail with any.
      .map((fault) => ({
        ...fault,
        breaks: fault.breaks.filter((id) => judged.includes(id)),
        entails: [...(fault.entails ?? []), ...declared],
      }))
      .filter(({ breaks }) => breaks.length > 0);
    if (names.length > 0 && tried.length === 0)
      throw new UsageError('these faults break nothing that the profile judges over this binding');
    const seeds = from(flags.seed, count(flags.seeds, '--seeds'));
    const plans = [
      ...from(flags.seed, count(flags.clean, '--clean')).map((seed) => planHonestTrial(seed, conditions)),
      ...tried.flatMap((fault) => seeds.map((seed) => planTrial(fault, seed, conditions))),
    ];
    if (plans.length === 0) throw new UsageError('there is nothing to try, because --seeds and --clean are both 0');
    if (seeds.length === 0 && flags.table !== undefined)
      throw new UsageError('--table shows what was found with each fault, but --seeds 0 tries no fault');
    const live = createLogUpdate(process.stderr);
    const begun = performance.now();
    const trials = await runTrials(plans, (trial, finished) => {
      const wrong = mistakesOf(
        trial,
        tried.find(({ name }) => name === trial.fault),
      );
      if (wrong !== undefined) {
        live.clear();
        process.stdout.write(`${wrong}\n`);
      }
      const line = `${finished} of ${plans.length} trials, last: ${trial.fault ?? 'the honest mock'} (${(trial.milliseconds / 1000).toFixed(1)} s)`;
      if (process.stderr.isTTY) live(line);
      else if (finished % 20 === 0 || finished === plans.length) process.stderr.write(`${line}\n`);
    });
    live.clear();
    const matrix = killMatrix(seeds.length === 0 ? [] : tried, trials, judged, version);
    if (flags.json !== undefined) await writeWhole(flags.json, `${JSON.stringify(matrix, null, 2)}\n`, '--json');
    if (flags.table !== undefined) await writeWhole(flags.table, killTable(matrix, quick), '--table');
    const longest = Math.max(0, ...trials.map(({ longestStory }) => longestStory));
    const isWhole = names.length === 0 && binding === 'auto';
    const lines = summaryOf({ matrix, seeds: seeds.length, clean: flags.clean, quick, longest, declared, isWhole });
    process.stdout.write([...lines, `${((performance.now() - begun) / 1000).toFixed(1)} s`, ''].join('\n'));
    if (!isClean(matrix)) process.exitCode = 1;
  },
};
