/** The options that spare the target, and those that run a part of the suite. */
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
      describe: 'Write nothing: judge what can be judged by reading, and skip the rest',
    })
    .option('max-requests', {
      type: 'number',
      requiresArg: true,
      describe: 'Requests that the run may cost the target, cleaning up apart',
    })
    .option('max-rps', { type: 'number', requiresArg: true, describe: 'Requests a second at most' })
    .option('dry-run', { type: 'boolean', default: false, describe: 'Read discovery, print the plan, and do nothing' })
    .option('rerun-failed', {
      type: 'string',
      requiresArg: true,
      describe: 'Judge what failed, warned or was flaky in this JSON report, with its seed',
    })
    .option('shard', {
      type: 'string',
      requiresArg: true,
      describe: 'Run one part of the exercises, such as 1/3; needs --seed, and «merge» puts the parts together',
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
  if (!(index >= 1 && index <= of)) throw new UsageError(`--shard «${text}» is not of the form i/n, such as 1/3`);
  return { index, of };
};

type CareOptions = Pick<RunOptions, 'readOnly' | 'maxRequests' | 'maxRps' | 'shard'>;

/** Throws UsageError. */
export const careOptionsOf = ({ readOnly = false, maxRequests, maxRps, shard }: CareFlags): CareOptions => {
  if (maxRequests !== undefined && !(Number.isSafeInteger(maxRequests) && maxRequests > 0))
    throw new UsageError('--max-requests takes a whole number of 1 or more');
  if (maxRps !== undefined && !(maxRps > 0 && Number.isFinite(maxRps)))
    throw new UsageError('--max-rps takes requests a second, more than 0');
  return {
    readOnly,
    ...(maxRequests === undefined ? {} : { maxRequests }),
    ...(maxRps === undefined ? {} : { maxRps }),
    ...(shard === undefined ? {} : { shard: shardOf(shard) }),
  };
};

/** What of a report is worth another look: what is not met, and what was seen once and did not come again. Throws UsageError. */
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
      `${file} judged nothing (${verdict}: ${reason}), so that nothing in it can be run again; run the whole suite instead`,
    );
  if (only.length === 0)
    throw new UsageError(
      `nothing failed in ${file}, so that there is nothing to run again; run the whole suite instead`,
    );
  return { only, settings };
};
