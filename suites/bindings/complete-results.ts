/** Decides when the results of a bulk request are complete, for the session that waits for them and for the judges. */
import type { OperationResult, Observed } from './binding.js';

/**
 * Whether results are fewer than operations because `failOnErrors` ended the request: a provider may leave out what it did
 * not run (RFC 7644 §3.7). What 0 means is open (profile 1.1, clarification 2): the request may end anywhere.
 */
export const endsAtErrors = (
  results: readonly Pick<OperationResult, 'status'>[],
  { operations, failOnErrors }: Observed,
): boolean =>
  failOnErrors !== undefined &&
  results.length < operations.length &&
  results.filter(({ status }) => Number(status) >= 400).length >= failOnErrors;

/** Whether no further results are to be expected. Without an error, more may still come. */
export const areComplete = (results: readonly Pick<OperationResult, 'status'>[], observed: Observed): boolean =>
  results.length >= observed.operations.length ||
  (endsAtErrors(results, observed) && results.some(({ status }) => Number(status) >= 400));
