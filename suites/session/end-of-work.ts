/**
 * The work of a run may end before all of it is done: the user interrupts it, or its time is over. Then the signal of the
 * run aborts, and the reason of the signal says why.
 */
import { isEndCode, type EndCode } from '../errors/codes.js';
import { Blocked } from '../errors/errors.js';

/** Why the work of a run ended. */
export type EndOfWork = Blocked & { readonly code: EndCode };

export const endOfWork = (code: EndCode, message: string): EndOfWork =>
  Object.assign(new Blocked(code, message), { code });

const isEndOfWork = (reason: unknown): reason is EndOfWork => reason instanceof Blocked && isEndCode(reason.code);

/** The reason to abort the signal of a run with, if this tool itself has failed. */
export const toolFailed = (): EndOfWork =>
  endOfWork('tool-failed', 'An unexpected error in scim-conformance itself ended the run.');

/** Why this signal of a run aborted; undefined if it did not. */
export const endOf = (signal: AbortSignal): EndOfWork | undefined => {
  if (!signal.aborted) return undefined;
  const reason: unknown = signal.reason;
  return isEndOfWork(reason) ? reason : endOfWork('run-interrupted', 'The run was interrupted.');
};
