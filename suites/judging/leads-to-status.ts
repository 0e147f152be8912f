/** DISC-02 and STAT-08 have to know whether another URL than the Location leads to the same status resource. */
import { responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from './trace-view.js';

/** `unknown`: the answers with the right id were too long to be kept whole. */
export type Leading = 'there' | 'not served' | 'elsewhere' | 'unknown';

/** Compares the id in the answer to a GET with the ids in other answers about the same submission. */
export const leadsToStatus = (view: TraceView, exchange: Answered): Leading => {
  const submission = view.submissions().find(({ n }) => n === exchange.submission);
  const others =
    submission === undefined ? [] : view.sightings(submission).filter((each) => each.exchange.n !== exchange.n);
  if (others.length === 0 && view.hasCut()) return 'unknown';
  if (exchange.response.status !== 200) return 'not served';
  const id = responseObject(exchange)?.id;
  // STAT-02 judges whether the id is always the same.
  return others.some(({ status }) => status.id === id) ? 'there' : 'elsewhere';
};
