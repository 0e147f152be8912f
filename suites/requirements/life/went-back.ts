/** LIFE-01, 02, 03, 07, 09 and 10: how an accepted request goes from its 202 to its end. */
import type { Exchange } from '../../../schemas/types.js';
import type { StatusSighting } from '../../judging/trace-view.js';
import { booleansOf, countsOf } from '../../judging/status-members.js';

export const endOf = ({ at, took }: Exchange): number => at + took;

export const wentBack = (earlier: StatusSighting, later: StatusSighting): string | undefined => {
  const [was, is] = [countsOf(earlier.status), countsOf(later.status)];
  if (was !== undefined && is !== undefined) {
    if (is.success < was.success) return `success falls from ${was.success} to ${is.success}`;
    if (is.failed < was.failed) return `failed falls from ${was.failed} to ${is.failed}`;
    if (is.pending > was.pending) return `pending rises from ${was.pending} to ${is.pending}`;
  }
  const reverted = booleansOf(earlier.status)?.completed === true && booleansOf(later.status)?.completed === false;
  return reverted ? 'completed is false again' : undefined;
};
