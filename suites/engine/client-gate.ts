/** Decides which request shapes of clients fail a run (`--require-clients`), and says so. */
import type { ClientShape } from '../../schemas/types.js';

/** What the client leaves to the provider is not demanded where it was not tried. */
const isTolerable = ({ outcome, optional = false }: ClientShape): boolean =>
  outcome === 'works' || (outcome === 'not-tried' && optional);

export const unworkable = (rows: readonly ClientShape[]): ClientShape[] => rows.filter((row) => !isTolerable(row));

const outcomeInWords = ({ outcome, status }: ClientShape): string =>
  outcome === 'not-tried' ? 'was not tried' : `is ${outcome}${status === undefined ? '' : ` (${status})`}`;

/** As a clause without a full stop, which names each client and shape. */
export const clientsInWords = (rows: readonly ClientShape[]): string =>
  `--require-clients: ${rows
    .map((row) => `the shape ${row.shape} of ${row.client} (${row.clientTitle} ${row.title}) ${outcomeInWords(row)}`)
    .join('; ')}`;
