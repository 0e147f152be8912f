/** STAT-01 to STAT-06, STAT-14 and STAT-15: what the status resource says. */
import type { StatusSighting } from '../../judging/trace-view.js';
import { type Counts, countsOf } from '../../judging/status-members.js';

export const counted = (sightings: readonly StatusSighting[]): (StatusSighting & { counts: Counts })[] =>
  sightings.flatMap((sighting) => {
    const counts = countsOf(sighting.status);
    return counts === undefined ? [] : [{ ...sighting, counts }];
  });
