/** Exchanges the names of header fields, and what their values name: fields, media types and URLs. */
import { createCaselessSwap, type SwapName } from './name-swap.js';
import type { Renames } from './renames.js';

/** Fields whose values name fields, in lists with commas. */
const naming: ReadonlySet<string> = new Set([
  'vary',
  'trailer',
  'access-control-allow-headers',
  'access-control-expose-headers',
  'access-control-request-headers',
]);

/** Fields whose values name media types, with parameters, and in lists with commas. */
const typed: ReadonlySet<string> = new Set(['accept', 'accept-patch', 'accept-post', 'content-type']);

/** Fields whose values are URLs. */
const located: ReadonlySet<string> = new Set(['content-location', 'location']);

const eachIn = (list: string, pattern: RegExp, swap: SwapName): string => list.replace(pattern, (name) => swap(name));

/** Name and value of one field line. */
export type SwapField = (name: string, value: string) => [name: string, value: string];

export const createFieldSwap = ({ fields, mediaTypes }: Renames, swapUrl: (url: string) => string): SwapField => {
  const swapName = createCaselessSwap(fields);
  const swapType = createCaselessSwap(mediaTypes);
  const valueOf = (name: string, value: string): string => {
    if (naming.has(name)) return eachIn(value, /[\w-]+/g, swapName);
    if (typed.has(name)) return eachIn(value, /[\w.+-]+\/[\w.+*-]+/g, swapType);
    return located.has(name) ? swapUrl(value) : value;
  };
  // The meaning of a value is that of the base name, which is either of the two.
  return (name, value) => {
    const swapped = swapName(name);
    const kind = [name, swapped].map((each) => each.toLowerCase()).find((each) => isKnown(each));
    return [swapped, kind === undefined ? value : valueOf(kind, value)];
  };
};

const isKnown = (name: string): boolean => naming.has(name) || typed.has(name) || located.has(name);
