/** The line on a terminal that shows what the run is doing and how far it is. */
import type { Exercised, RunEvent } from '../suites/events.js';

/** Returns the text of the line after each event; undefined removes the line. */
export const createProgress = (): ((event: Exclude<RunEvent, Exercised>) => string | undefined) => {
  let planned = 0;
  let judged = 0;
  let requirements = 0;
  return (event) => {
    switch (event.type) {
      case 'run-started':
        return `reading what ${event.settings.target} offers …`;
      case 'discovered':
        planned = event.exercises;
        requirements = event.requirements;
        return `0 of ${planned} exercises …`;
      case 'exercise-finished':
        return `${event.finished} of ${planned} exercises: ${event.title}`;
      case 'shrinking':
        return `${judged} of ${requirements} requirements: confirming ${event.id} …`;
      case 'requirement-judged':
        judged += 1;
        return `${judged} of ${requirements} requirements judged …`;
      case 'cleaning-up':
        return 'deleting what was created …';
      case 'run-finished':
        return undefined;
    }
  };
};
