/** The options of a run, and their translation into options of the library. */
import type { Argv } from 'yargs';
import type { Settings } from '../../schemas/types.js';
import {
  defaultProfile,
  features as allFeatures,
  runDefaults,
  type RunOptions,
  type TargetDescription,
} from '../../suites/index.js';
import { bindingFlags, bindingOptionsOf, type BindingFlags } from './binding-options.js';
import { careFlags, careOptionsOf, failedIn, type CareFlags } from './care-options.js';
import { givenFlags } from './given-flags.js';
import { demandClients, gateFlags, gateOf, reportFlags, type GateFlags, type ReportFlags } from './output-options.js';
import { chosenProfile, profileFlag, type ProfileFlags } from './profile-option.js';
import { UsageError } from '../usage/usage-error.js';

/** Options that select what is tested. */
const selectionFlags = <T>(yargs: Argv<T>) =>
  yargs
    .option('suite', {
      type: 'string',
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe: 'Test only these groups, such as CORE or STAT',
    })
    .option('only', {
      type: 'string',
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe: 'Test only these requirements or groups, such as STAT-03 ERR',
    })
    .option('seed', {
      type: 'number',
      requiresArg: true,
      describe: 'Seed of all random choices; every run prints its seed',
    })
    .option('path', {
      type: 'string',
      requiresArg: true,
      describe: 'Repeat only the exercise with this path, which a report shows; needs --seed',
    });

const clientNames = (defaultProfile.clients ?? []).map(({ name }) => name).join(', ');

/** Options that add what is no requirement. */
const clientFlags = <T>(yargs: Argv<T>) =>
  yargs.option('clients', {
    type: 'string',
    array: true,
    requiresArg: true,
    default: [] as string[],
    describe: `Also send the requests of these clients, and report what works with them (information only): ${clientNames}`,
  });

/** Options that limit the number of inputs, requests and seconds. */
const effortFlags = <T>(yargs: Argv<T>) =>
  yargs
    .option('runs', {
      type: 'number',
      default: runDefaults.runs,
      requiresArg: true,
      describe: 'Number of random inputs for each scenario that takes random inputs',
    })
    .option('max-time', {
      type: 'number',
      default: runDefaults.maxTimeMs / 1000,
      requiresArg: true,
      describe: 'Seconds that the whole run may take; what is not reached is inconclusive; 0: no limit',
    })
    .option('timeout', {
      type: 'number',
      default: runDefaults.timeoutMs / 1000,
      requiresArg: true,
      describe: 'Seconds that one exchange may take',
    })
    .option('deadline', {
      type: 'number',
      default: runDefaults.deadlineMs / 1000,
      requiresArg: true,
      describe: 'Seconds that an accepted request may take to complete',
    })
    .option('concurrency', {
      type: 'number',
      default: runDefaults.concurrency,
      requiresArg: true,
      describe: 'Maximum number of exchanges at the same time',
    })
    .option('burst', {
      type: 'number',
      default: runDefaults.burst,
      requiresArg: true,
      describe: 'Maximum number of requests of the burst that tests the rate limit (RATE); 0: no burst',
    });

/** Options of every run, whatever its target. */
export const runFlags = <T>(yargs: Argv<T>) =>
  effortFlags(clientFlags(selectionFlags(profileFlag(gateFlags(reportFlags(careFlags(bindingFlags(yargs))))))))
    .option('trace', {
      type: 'string',
      requiresArg: true,
      describe: 'Record the run in this file (NDJSON) while it goes on; «judge» judges it again without the target',
    })
    .option('events', {
      type: 'string',
      requiresArg: true,
      describe: 'Write every event of the run to this file (NDJSON) while it goes on',
    });

export interface RunFlags extends BindingFlags, CareFlags, ReportFlags, GateFlags, ProfileFlags {
  readonly suite: string[];
  readonly only: string[];
  readonly clients: string[];
  readonly seed?: number | undefined;
  readonly path?: string | undefined;
  readonly runs: number;
  readonly 'max-time': number;
  readonly timeout: number;
  readonly deadline: number;
  readonly concurrency: number;
  readonly burst: number;
  readonly trace?: string | undefined;
  readonly events?: string | undefined;
}

const orZero = (zero: string | undefined): string => (zero === undefined ? '' : `, or 0 for ${zero}`);

/** `zero`: what 0 means, such as «no burst»; without it, 0 is wrong. */
const whole = (value: number, option: string, zero?: string): number => {
  if (value === 0 && zero !== undefined) return 0;
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new UsageError(`${option} takes a whole number of 1 or more${orZero(zero)}`);
};

/** `zero` as for whole numbers. */
const milliseconds = (seconds: number, option: string, zero?: string): number => {
  if (seconds === 0 && zero !== undefined) return 0;
  if (seconds > 0 && seconds <= 86_400) return Math.max(1, Math.round(seconds * 1000));
  throw new UsageError(`${option} takes a number of seconds greater than 0 and at most 86400${orZero(zero)}`);
};

/** `--only A B`, `--only A --only B` and `--only A,B` mean the same. */
const listOf = (values: readonly string[], option: string, example = 'STAT or STAT-03'): string[] => {
  const names = values.flatMap((value) => value.split(',')).map((name) => name.trim());
  if (names.includes('')) throw new UsageError(`${option} takes names such as ${example}; one of them is empty`);
  return names;
};

/** One part cannot decide whether the whole run fails, and must have the same seed as the other parts. */
const demandWholeShard = ({ seed, path, baseline, failOn, writeBaseline, requireClients }: RunFlags): void => {
  if (seed === undefined) throw new UsageError('--shard needs --seed: all parts of a run must have the same seed');
  if (path !== undefined) throw new UsageError('--shard and --path cannot be given together');
  if (baseline !== undefined || failOn !== undefined || writeBaseline !== undefined || requireClients === true)
    throw new UsageError(
      '--baseline, --fail-on, --write-baseline and --require-clients apply to a whole run: give them to «merge» instead of to a part (--shard)',
    );
};

/**
 * The flags of a run that repeats an earlier run. Flags that are not given are taken from the earlier run, so that the
 * inputs are the same.
 */
const asBefore = (flags: RunFlags, before: Settings | undefined): RunFlags => {
  if (before === undefined) return flags;
  const given = givenFlags();
  const { profile, profileFile, runs, deadlineMs, burst, scope, binding, observe } = before;
  const { serves = [], features = [] } = before;
  return {
    ...flags,
    ...(given.has('profile') || profile === undefined ? {} : { profile: profileFile ?? profile }),
    ...(given.has('runs') ? {} : { runs }),
    ...(given.has('deadline') ? {} : { deadline: deadlineMs / 1000 }),
    ...(given.has('burst') ? {} : { burst }),
    ...(given.has('scope') || scope === undefined ? {} : { scope }),
    ...(given.has('binding') ? {} : { binding }),
    ...(given.has('observe') ? {} : { observe }),
    ...(given.has('serves') ? {} : { serves }),
    ...(given.has('feature') ? {} : { feature: allFeatures.filter((feature) => features.includes(feature)) }),
  };
};

export const runOptionsOf = (given: RunFlags, target: TargetDescription): RunOptions => {
  const again = given.rerunFailed === undefined ? undefined : failedIn(given.rerunFailed);
  const flags = asBefore(given, again?.settings);
  const { path } = flags;
  if (again !== undefined && (flags.only.length > 0 || flags.suite.length > 0 || path !== undefined))
    throw new UsageError('--rerun-failed selects what is run: leave out --only, --suite and --path');
  if (flags.shard !== undefined) demandWholeShard(flags);
  const clients = listOf(flags.clients, '--clients', 'entra');
  demandClients(flags, clients);
  if (path !== undefined && clients.length > 0)
    throw new UsageError('--path repeats one exercise: leave out --clients');
  const seed = flags.seed ?? again?.settings.seed;
  if (seed !== undefined && (!Number.isInteger(seed) || Math.abs(seed) > 2 ** 31)) {
    throw new UsageError('--seed takes a whole number of 32 bits');
  }
  if (path !== undefined && seed === undefined) {
    throw new UsageError('--path needs the seed of the run: give --seed, too, as the report shows it');
  }
  const chosen = chosenProfile(flags.profile);
  return {
    target,
    ...chosen,
    suites: listOf(flags.suite, '--suite'),
    only: again?.only ?? listOf(flags.only, '--only'),
    ...(clients.length === 0 ? {} : { clients: clients.map((name) => name.toLowerCase()) }),
    ...(seed === undefined ? {} : { seed }),
    ...(path === undefined ? {} : { path }),
    runs: whole(flags.runs, '--runs'),
    maxTimeMs: milliseconds(flags['max-time'], '--max-time', 'no limit'),
    timeoutMs: milliseconds(flags.timeout, '--timeout'),
    deadlineMs: milliseconds(flags.deadline, '--deadline'),
    concurrency: whole(flags.concurrency, '--concurrency'),
    burst: whole(flags.burst, '--burst', 'no burst'),
    ...bindingOptionsOf(flags),
    ...careOptionsOf(flags),
    gate: gateOf(flags, chosen.profile),
  };
};
