/** A create that a result reports as done has to have created its resource: a read and a search show whether it has. */
import { isNotFound } from '../trace/answers.js';
import { countFound } from '../trace/searches.js';
import type { Step } from '../trace/step.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from './trace-view.js';

/** Why the resource is not there, as a clause, and the answers that show it. */
export interface Missing {
  readonly actual: string;
  readonly shown: readonly Answered[];
}

/**
 * Undefined if the user exists, or if that is unknown. `step` names the reads at the locations of results; answers after
 * `since` count. LIFE-11 judges a location that is not that of a user who exists.
 */
export const missingUser = (
  trace: TraceView,
  userName: string,
  { step, since }: { readonly step: Step; readonly since: number },
): Missing | undefined => {
  const isAbout = ({ n, subject }: Answered): boolean => n > since && subject === userName;
  const read = trace.variant(step, 'read').find(isAbout);
  const search = trace.answered('search').find(isAbout);
  const count = search === undefined ? undefined : countFound(search);
  const isMissing = read === undefined ? count === 0 : isNotFound(read) && (count ?? 0) === 0;
  return isMissing
    ? {
        actual: [
          ...(read === undefined ? [] : [`a GET of its location is answered ${read.response.status}`]),
          ...(count === 0 ? ['a search finds nobody'] : []),
        ].join(', and '),
        shown: [search, read].filter((each) => each !== undefined),
      }
    : undefined;
};
