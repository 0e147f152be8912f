/** The last event of a run, for one that met a target and for a recording that is judged again. */
import type { Report } from '../../schemas/types.js';
import type { RunFinished } from '../events.js';

/** `endedBy`, `ended`: why the work of the run ended before all of it was done; undefined if it did not. */
export const runFinished = (
  report: Report,
  { endedBy, ended }: { readonly [Name in 'endedBy' | 'ended']?: RunFinished[Name] | undefined },
): RunFinished => ({
  type: 'run-finished',
  report,
  ...(endedBy === undefined ? {} : { endedBy }),
  ...(ended === undefined ? {} : { ended }),
});
