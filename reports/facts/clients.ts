/** What the target makes of the requests of well-known clients, as the reports show it. */
import type { ClientShape, Report } from '../../schemas/types.js';

export interface ClientRows {
  readonly name: string;
  readonly title: string;
  readonly rows: readonly ClientShape[];
  /** How many work, and how many were tried, as «18 of 20 work, 1 not tried». */
  readonly inShort: string;
}

/** The outcome of a shape in words, with the status of an answer that is no success. */
export const outcomeWords = ({ outcome, status }: ClientShape): string => {
  if (outcome === 'not-tried') return 'not tried';
  return outcome === 'refused' && status !== undefined ? `refused (${status})` : outcome;
};

const inShort = (rows: readonly ClientShape[]): string => {
  const tried = rows.filter(({ outcome }) => outcome !== 'not-tried');
  const working = tried.filter(({ outcome }) => outcome === 'works').length;
  const left = rows.length - tried.length;
  return `${working} of ${tried.length} work${left === 0 ? '' : `, ${left} not tried`}`;
};

/** The clients of a report in their order; empty if none was asked for. */
export const clientsIn = ({ clients = [] }: Report): ClientRows[] =>
  [...new Set(clients.map(({ client }) => client))].map((name) => {
    const rows = clients.filter(({ client }) => client === name);
    return { name, title: rows[0]?.clientTitle ?? name, rows, inShort: inShort(rows) };
  });
