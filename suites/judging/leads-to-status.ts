/** Whether a URL beside the Location leads to the same status resource: the advertised one (DISC-02), the profile's own (STAT-08). */
import { responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from './trace-view.js';

/** `unknown`: what it should show was not seen whole. */
export type Leading = 'there' | 'not served' | 'elsewhere' | 'unknown';

/** Compares the id that a GET shows with those that other answers showed of its submission. */
export const leadsToStatus = (view: TraceView, exchange: Answered): Leading => {
  const submission = view.submissions().find(({ n }) => n === exchange.submission);
  const others =
    submission === undefined ? [] : view.sightings(submission).filter((each) => each.exchange.n !== exchange.n);
  if (others.length === 0 && view.hasCut()) return 'unknown';
  if (exchange.response.status !== 200) return 'not served';
  const id = responseObject(exchange)?.id;
  // That it is always the same id is STAT-02's.
  return others.some(({ status }) => status.id === id) ? 'there' : 'elsewhere';
};
