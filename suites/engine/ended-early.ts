/** A run that ended before it could be judged needs a verdict, too. */
import { Blocked, Unreachable } from '../errors/errors.js';
import { endOf } from '../session/end-of-work.js';
import type { Verdict } from './verdict/run-state.js';

/** Whether the options of the user stopped the run, and not a target that does not answer. */
const isByOptions = (error: unknown): error is Blocked =>
  error instanceof Blocked && (error.code === 'read-only' || error.code === 'max-requests-reached');

/** `error`: the value that was thrown; `signal`: the signal of the run. */
export const endedEarly = (error: unknown, signal: AbortSignal): Verdict => {
  const end = endOf(signal);
  if (end?.code === 'run-interrupted')
    return { verdict: 'interrupted', exitCode: 130, reason: 'The run was interrupted before its end.' };
  if (end?.code === 'tool-failed') return { verdict: 'error', exitCode: 2, reason: end.message };
  if (isByOptions(error)) return { verdict: 'not-testable', exitCode: 3, reason: error.message };
  if (error instanceof Unreachable) return { verdict: 'unreachable', exitCode: 3, reason: error.message };
  if (end !== undefined)
    return { verdict: 'not-testable', exitCode: 3, reason: `Nothing was exercised. ${end.message}` };
  if (error instanceof Blocked) return { verdict: 'unreachable', exitCode: 3, reason: error.message };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { verdict: 'error', exitCode: 2, reason: `An error in scim-conformance itself: ${message}` };
};
