/** Times in answers, such as the end of a token, are times of the provider's clock, so the suite has to estimate that clock. */
import type { Session } from '../../session/session.js';
import { dateOf } from '../../trace/answers.js';

/** Milliseconds that a Date field may be behind: it has whole seconds (RFC 9110 §6.6.1). */
const second = 1000;

/**
 * The earliest and the latest time, in milliseconds since 1970, that the clock of the provider may show now, estimated
 * from the Date of its answers in this session; if there is no Date, the time of the suite's own clock.
 */
export const providerClock = (session: Session): { readonly earliest: number; readonly latest: number } => {
  const { elapsed } = session;
  const seen = session.entries.flatMap((entry) => {
    if (entry.type !== 'exchange' || ['event-push', 'webhook-delivery'].includes(entry.purpose)) return [];
    const date = dateOf(entry);
    return Number.isNaN(date) ? [] : [{ from: date - entry.at - entry.took, to: date + second - entry.at }];
  });
  if (seen.length === 0) return { earliest: session.date.getTime(), latest: session.date.getTime() };
  const bounds = [Math.max(...seen.map(({ from }) => from)), Math.min(...seen.map(({ to }) => to))];
  return { earliest: elapsed + Math.min(...bounds), latest: elapsed + Math.max(...bounds) };
};
