/** Every status resource that was seen: what a request was said to be, and when. */
import type { ProvisionStatus, Submission } from '../../schemas/types.js';
import { responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { EntryView } from './entry-view.js';

/** What a status resource might hold: its members are not to be trusted before they are looked at. */
export type LooseStatus = { readonly [K in keyof ProvisionStatus]?: unknown };

export interface StatusSighting {
  readonly exchange: Answered;
  readonly submission: Submission;
  readonly status: LooseStatus;
  /** `accepted`: the body of the 202; `read`: a GET. */
  readonly seen: 'accepted' | 'read';
}

/** In order, of one submission or of all: bodies of 202 and of reads with 200. */
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
