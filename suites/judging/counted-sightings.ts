/** STAT-03 to STAT-06 calculate with the counts of status resources, so they need those whose counts are numbers. */
import { type Counts, countsOf } from './status-members.js';
import type { StatusSighting } from './trace-view.js';

/** The sightings whose four counts are numbers; STAT-01 judges the others. */
export const countedSightings = (sightings: readonly StatusSighting[]): (StatusSighting & { counts: Counts })[] =>
  sightings.flatMap((sighting) => {
    const counts = countsOf(sighting.status);
    return counts === undefined ? [] : [{ ...sighting, counts }];
  });
