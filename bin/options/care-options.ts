/** The options that limit the effect of a run on the target, and those that run only a part of the suite. */
import type { Argv } from 'yargs';
import type { Settings } from '../../schemas/types.js';
import type { RunOptions } from '../../suites/index.js';
import { readReport } from '../files/read-file.js';
import { UsageError } from '../usage/usage-error.js';

export const careFlags = <T>(yargs: Argv<T>) =>
  yargs
    .option('read-only', {
      type: 'boolean',
      default: false,
      describe: 'Write nothing to the target: test what can be tested by reading and skip the rest',
    })
    .option('max-requests', {
      type: 'number',
      requiresArg: true,
      describe: 'Maximum number of requests of the run, not counting requests that clean up',
    })
    .option('max-rps', { type: 'number', requiresArg: true, describe: 'Maximum number of requests per second' })
    .option('dry-run', {
      type: 'boolean',
      default: false,
      describe: 'Discover the target, print what a run would do, and stop',
    })
    .option('rerun-failed', {
      type: 'string',
      requiresArg: true,
      describe:
        'Test again, with the same seed, the requirements that failed, warned or were flaky in this JSON report',
    })
    .option('shard', {
      type: 'string',
      requiresArg: true,
      describe:
        'Run only a part of the exercises, such as 1/3; needs --seed; «merge» combines the reports of the parts',
    });

export interface CareFlags {
  readonly readOnly?: boolean | undefined;
  readonly maxRequests?: number | undefined;
  readonly maxRps?: number | undefined;
  readonly dryRun?: boolean | undefined;
  readonly rerunFailed?: string | undefined;
  readonly shard?: string | undefined;
}

/** Throws UsageError. */
export const shardOf = (text: string): { index: number; of: number } => {
  const [, first, second] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const [index, of] = [Number(first), Number(second)];
  if (!(index >= 1 && index <= of)) throw new UsageError(`--shard «${text}» does not have the form i/n, such as 1/3`);
  return { index, of };
};

type CareOptions = Pick<RunOptions, 'readOnly' | 'maxRequests' | 'maxRps' | 'shard'>;

/** Throws UsageError. */
export const careOptionsOf = ({ readOnly = false, maxRequests, maxRps, shard }: CareFlags): CareOptions => {
  if (maxRequests !== undefined && !(Number.isSafeInteger(maxRequests) && maxRequests > 0))
    throw new UsageError('--max-requests takes a whole number of 1 or more');
  if (maxRps !== undefined && !(maxRps > 0 && Number.isFinite(maxRps)))
    throw new UsageError('--max-rps takes a number of requests per second greater than 0');
  return {
    readOnly,
    ...(maxRequests === undefined ? {} : { maxRequests }),
    ...(maxRps === undefined ? {} : { maxRps }),
    ...(shard === undefined ? {} : { shard: shardOf(shard) }),
  };
};

/** The requirements of a report that --rerun-failed tests again: unmet ones and flaky ones. Throws UsageError. */
export const failedIn = (file: string): { only: string[]; settings: Settings } => {
  const { requirements, settings, verdict, reason } = readReport(file, '--rerun-failed');
  const only = requirements
    .filter(
      ({ outcome, evidence }) =>
        ['fail', 'warning', 'harness-error'].includes(outcome) ||
        (outcome === 'inconclusive' && evidence !== undefined),
    )
    .map(({ id }) => id);
  if (only.length === 0 && requirements.length === 0)
    throw new UsageError(
      `${file} is the report of a run that judged nothing (${verdict}: ${reason}), so that there is nothing to run again; run the whole suite instead`,
    );
  if (only.length === 0)
    throw new UsageError(
      `nothing failed in ${file}, so that there is nothing to run again; run the whole suite instead`,
    );
  return { only, settings };
};
