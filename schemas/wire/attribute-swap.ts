/**
 * Exchanges names of attributes within strings: in filters, in the `path` of a PATCH, in lists of attributes, and in
 * the definitions of a schema (RFC 7644 §3.4.2, §3.5.2, §3.9, RFC 7643 §7).
 */
import type { Holder } from './json-text.js';
import { createCaselessSwap, type SwapName } from './name-swap.js';
import type { SwapText } from './urn-swap.js';

/** Members and query parameters whose text names attributes. A `path` that begins with a slash is a URL. */
const naming = ['filter', 'sortBy', 'path', 'attribute', 'attributes', 'excludedAttributes'];

/** Lists of definitions, whose `name` is that of an attribute. */
const defining = ['attributes', 'subAttributes'];

/** RFC 7643 §2.1; only such a name is read as one in a filter. */
const attributeName = /^\$?[a-z][\w-]*$/i;

/** Words of a filter (RFC 7644 §3.4.2.2), which are no names there. */
const words = new Set('and or not eq ne co sw ew gt ge lt le pr true false null'.split(' '));

/** A value in quotes, a URN with the name of an attribute behind its last colon, or a name. */
const token = /"(?:[^"\\]|\\.)*"?|urn:[^\s"()[\],]*|(?<![\w$-])\$?[a-z][\w-]*/gi;

const isName = (name: string): boolean => attributeName.test(name) && !words.has(name.toLowerCase());

export interface AttributeSwap {
  /** The text of a member, if it names attributes there; any other text as it is. */
  readonly text: (text: string, holder: Holder) => string;
  /** The query of a URL, with its question mark. */
  readonly query: SwapText;
}

const createFilterSwap = (members: Readonly<Record<string, string>>): SwapText => {
  const swap = createCaselessSwap(Object.fromEntries(Object.entries(members).filter((names) => names.every(isName))));
  const each: SwapText = (text) =>
    text.replace(token, (found) => {
      if (found.startsWith('"') || words.has(found.toLowerCase())) return found;
      const begin = /^urn:/i.test(found) ? found.lastIndexOf(':') + 1 : 0;
      return begin === 0 ? swap(found) : found.slice(0, begin) + each(found.slice(begin));
    });
  return each;
};

/** A parameter is written as it was: the names in it hold no character that is encoded. */
const inParameter = (raw: string, swap: SwapText): string => {
  try {
    const text = decodeURIComponent(raw.replaceAll('+', ' '));
    const changed = swap(text);
    if (changed === text) return raw;
    const encoded = encodeURIComponent(changed);
    return raw.includes('+') ? encoded.replaceAll('%20', '+') : encoded;
  } catch {
    return raw;
  }
};

export const createAttributeSwap = (
  members: Readonly<Record<string, string>> | undefined,
  swapMember: SwapName,
): AttributeSwap => {
  if (members === undefined) return { text: (text) => text, query: (query) => query };
  const filter = createFilterSwap(members);
  const isOneOf = (names: readonly string[], name: string | undefined): boolean =>
    name !== undefined && (names.includes(name) || names.includes(swapMember(name)));
  return {
    text: (text, { member, list }) => {
      const isNamed = isOneOf(naming, member) && !text.startsWith('/');
      return isNamed || (isOneOf(['name'], member) && isOneOf(defining, list)) ? filter(text) : text;
    },
    query: (query) =>
      query.replace(/([?&])([^=&#]+)=([^&#]*)/g, (found, mark: string, name: string, raw: string) =>
        naming.includes(name) ? `${mark}${name}=${inParameter(raw, filter)}` : found,
      ),
  };
};
