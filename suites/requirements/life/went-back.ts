/** LIFE-02 and LIFE-03 need to know whether counts or `completed` go back from one read of a status to a later one. */
import type { Exchange } from '../../../schemas/types.js';
import type { StatusSighting } from '../../judging/trace-view.js';
import { booleansOf, countsOf } from '../../judging/status-members.js';

export const endOf = ({ at, took }: Exchange): number => at + took;

export interface StepBack {
  readonly code: 'success-falls' | 'failed-falls' | 'pending-rises' | 'completed-reverts';
  /** As a clause. */
  readonly what: string;
}

export const wentBack = (earlier: StatusSighting, later: StatusSighting): StepBack | undefined => {
  const [was, is] = [countsOf(earlier.status), countsOf(later.status)];
  if (was !== undefined && is !== undefined) {
    if (is.success < was.success)
      return { code: 'success-falls', what: `success falls from ${was.success} to ${is.success}` };
    if (is.failed < was.failed)
      return { code: 'failed-falls', what: `failed falls from ${was.failed} to ${is.failed}` };
    if (is.pending > was.pending)
      return { code: 'pending-rises', what: `pending rises from ${was.pending} to ${is.pending}` };
  }
  const reverted = booleansOf(earlier.status)?.completed === true && booleansOf(later.status)?.completed === false;
  return reverted ? { code: 'completed-reverts', what: 'completed is false again' } : undefined;
};
