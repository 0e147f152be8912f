/**
 * Exchanges names in sentences about the provider, such as what was expected and what was found. Sentences cannot be
 * parsed: a name that is an ordinary word is only exchanged where it stands in quotes.
 */
import { counterpartsOf } from './name-swap.js';
import type { Renames } from './renames.js';
import { createTextSwap, type SwapText } from './urn-swap.js';

/** Whether a text can be no ordinary word: it has a hyphen, colon, slash or digit. */
const isTelling = (name: string): boolean => /[-:/\d]/.test(name);

/** A new name that is an ordinary word stays: it need not be meant. */
const tellingOf = (renames: Readonly<Record<string, string>> = {}): readonly (readonly [string, string])[] => {
  const olds = new Set(Object.keys(renames));
  return [...counterpartsOf(renames)].filter(([name]) => olds.has(name) || isTelling(name));
};

/** The quotes in which findings show names. */
const quoted = /(["«`‘])(\w+)(["»`’])/g;

/** `swapUrl` exchanges a URL that stands alone. */
export const createWordSwap = (
  { fields, members = {}, urns, mediaTypes }: Renames,
  swapUrl: (text: string) => string,
): SwapText => {
  const swapNames = createTextSwap(new Map([fields, urns, mediaTypes].flatMap(tellingOf)));
  const swapMember = counterpartsOf(members);
  return (text) =>
    swapNames(text)
      .replace(quoted, (found, open: string, name: string, close: string) => {
        const changed = swapMember.get(name);
        return changed === undefined ? found : `${open}${changed}${close}`;
      })
      // Paths stand between blanks, quotes or brackets, and before a mark that ends the clause.
      .replace(/(?:https?:\/)?\/[^\s"'«»`‘’()<>,;]*[^\s"'«»`‘’()<>,;.:!?]/g, swapUrl);
};
