/** The line on a terminal that shows what the run is doing and how far it is. */
import type { RunEvent } from '../suites/events.js';

/** The events that change the line. */
type Step = Exclude<RunEvent, { readonly type: 'exercised' | 'finding' | 'finding-repeated' }>;

const isStep = (event: RunEvent): event is Step =>
  event.type !== 'exercised' && event.type !== 'finding' && event.type !== 'finding-repeated';

/** Returns the text of the line after each event; undefined removes the line. */
export const createProgress = (): ((event: RunEvent) => string | undefined) => {
  let planned = 0;
  let judged = 0;
  let requirements = 0;
  let shown: string | undefined;
  const lineOf = (event: Step): string | undefined => {
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
        return `${event.id}: confirming a finding …`;
      case 'requirement-judged':
        judged += 1;
        return `${judged} of ${requirements} requirements judged …`;
      case 'cleaning-up':
        return 'deleting what was created …';
      case 'run-finished':
        return undefined;
    }
  };
  return (event) => {
    if (isStep(event)) shown = lineOf(event);
    return shown;
  };
};
