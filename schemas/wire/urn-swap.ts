/** Exchanges URNs wherever they stand whole in a text: alone, in a list, before the name of an attribute, or in a URL. */
import { counterpartsOf } from './name-swap.js';

export type SwapText = (text: string) => string;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const unchanged: SwapText = (text) => text;

/** The characters that a URN may go on with, so that a longer URN is another one; a colon begins the name of an attribute. */
const before = String.raw`(?:(?<![\w:.-])|(?<=%[0-9A-Fa-f]{2}))`;
const after = String.raw`(?![\w-]|\.\w)`;

/** Texts that are replaced by their counterparts where they stand whole. */
export const createTextSwap = (counterparts: ReadonlyMap<string, string>): SwapText => {
  if (counterparts.size === 0) return unchanged;
  const longestFirst = [...counterparts.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`${before}(?:${longestFirst.map(escaped).join('|')})${after}`, 'g');
  return (text) => text.replace(pattern, (found) => counterparts.get(found) ?? found);
};

/** In a URL the colons of a URN may be percent-encoded. */
export const createUrnSwap = (renames: Readonly<Record<string, string>> = {}): SwapText => {
  const plain = [...counterpartsOf(renames)];
  const inUrl = plain.map(([from, to]) => [encodeURIComponent(from), encodeURIComponent(to)] as const);
  return createTextSwap(new Map([...inUrl, ...plain]));
};
