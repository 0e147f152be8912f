/** The status resources of a trace that can be calculated with: STAT-03 to STAT-06 judge these. */
import { type Counts, countsOf } from './status-members.js';
import type { StatusSighting } from './trace-view.js';

/** The sightings whose four counts are numbers: where they are not, STAT-01 says so. */
export const countedSightings = (sightings: readonly StatusSighting[]): (StatusSighting & { counts: Counts })[] =>
  sightings.flatMap((sighting) => {
    const counts = countsOf(sighting.status);
    return counts === undefined ? [] : [{ ...sighting, counts }];
  });
