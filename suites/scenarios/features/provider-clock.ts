/** What a provider's own clock says: a time that it names, such as the end of a token, is one of that clock. */
import { header } from '../../../schemas/names.js';
import type { Session } from '../../session/session.js';
import { responseHeader } from '../../trace/message.js';

/** Milliseconds that a Date field may be behind: it has whole seconds (RFC 9110 §6.6.1). */
const second = 1000;

/**
 * Between which times, in milliseconds since 1970, the clock of the provider stands, by the Date of everything that it
 * has answered in this session; by the suite's own clock where there is none.
 */
export const providerClock = (session: Session): { readonly earliest: number; readonly latest: number } => {
  const { elapsed } = session;
  const seen = session.entries.flatMap((entry) => {
    if (entry.type !== 'exchange' || entry.purpose === 'event-push') return [];
    const date = Date.parse(responseHeader(entry, header.date) ?? '');
    return Number.isNaN(date) ? [] : [{ from: date - entry.at - entry.took, to: date + second - entry.at }];
  });
  if (seen.length === 0) return { earliest: session.date.getTime(), latest: session.date.getTime() };
  const bounds = [Math.max(...seen.map(({ from }) => from)), Math.min(...seen.map(({ to }) => to))];
  return { earliest: elapsed + Math.min(...bounds), latest: elapsed + Math.max(...bounds) };
};
