/** A sighting is one status resource in one answer; STAT and LIFE judge them one by one and over time. */
import type { ProvisionStatus, Submission } from '../../schemas/types.js';
import { responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { EntryView } from './entry-view.js';

/** A status resource from the target: its members may have any type. */
export type LooseStatus = { readonly [K in keyof ProvisionStatus]?: unknown };

export interface StatusSighting {
  readonly exchange: Answered;
  readonly submission: Submission;
  readonly status: LooseStatus;
  /** `accepted`: the body of the 202; `read`: a GET. */
  readonly seen: 'accepted' | 'read';
}

/** The sightings of one submission or of all, in order: bodies of 202 and of reads with 200. */
export const sightingsOf = (view: EntryView, of: Submission | undefined): StatusSighting[] =>
  view
    .acceptances()
    .filter(({ submission }) => of === undefined || submission.n === of.n)
    .flatMap(({ submission, exchange }) =>
      [exchange, ...view.statusReads(submission).filter(({ response }) => response.status === 200)].flatMap(
        (answered): StatusSighting[] => {
          const status = responseObject(answered);
          return status === undefined
            ? []
            : [{ exchange: answered, submission, status, seen: answered === exchange ? 'accepted' : 'read' }];
        },
      ),
    );
