/** Exchanges paths, URNs and names of attributes in URLs: the rest of a URL stays as it is, to the letter. */
import { createPathSwap } from './path-swap.js';
import type { Renames } from './renames.js';
import type { SwapText } from './urn-swap.js';

/** Origin (may be empty), path, and the rest with its question mark or number sign. */
const parts = /^(https?:\/\/[^/?#]*)?([^?#]*)(.*)$/is;

export interface UrlSwap {
  /** A URL that is one: absolute, or a path with or without the path of the base URL. */
  readonly url: (url: string) => string;
  /** A text that may be a URL. */
  readonly perhapsUrl: (text: string) => string;
}

interface UrlSwaps {
  /** The paths of the base URL, without a slash at their ends; empty for one at the root. */
  readonly basePaths: () => readonly string[];
  readonly swapUrns: SwapText;
  /** Gets the query with its question mark, and what is behind it. */
  readonly swapQuery: SwapText;
}

export const createUrlSwap = ({ paths }: Renames, { basePaths, swapUrns, swapQuery }: UrlSwaps): UrlSwap => {
  const swapPath = createPathSwap(paths);

  const swapAfter = (base: string, path: string): string | undefined => {
    const changed = path.startsWith(`${base}/`) ? swapPath(path.slice(base.length)) : undefined;
    return changed === undefined ? undefined : `${base}${changed}`;
  };

  /** Undefined if the path is none of those that are renamed. */
  const swapped = (path: string, isAbsolute: boolean): string | undefined => {
    // A single word may be anything.
    if (!path.startsWith('/')) return path.includes('/') && !isAbsolute ? swapPath(`/${path}`)?.slice(1) : undefined;
    for (const base of basePaths()) {
      const changed = swapAfter(base, path);
      if (changed !== undefined) return changed;
    }
    return isAbsolute ? undefined : swapPath(path);
  };

  const perhapsUrl = (text: string): string => {
    const [, origin, path = '', rest = ''] = parts.exec(text) ?? [];
    const changed = path.includes('/') ? swapped(path, origin !== undefined) : undefined;
    return changed === undefined ? text : `${origin ?? ''}${changed}${rest}`;
  };
  /** A fragment may hold anything. */
  const inQuery = (url: string): string => url.replace(/\?[^#]*/, swapQuery);
  return { perhapsUrl, url: (url) => swapUrns(inQuery(perhapsUrl(url))) };
};
