/**
 * Translates messages between the names of the profile and those of the wire. Every function is its own inverse, for
 * names in their usual spelling, in small letters and in capitals. What is left out: names of members in texts for people
 * and in the expressions of transform rules, and the header of a token.
 */
import { createAttributeSwap } from './attribute-swap.js';
import { createFieldSwap, type SwapField } from './field-swap.js';
import { mayHoldNames, swapStrings, type Holder, type StringSwaps } from './json-text.js';
import { createNameSwap } from './name-swap.js';
import type { Renames } from './renames.js';
import { isEventClaims, swapToken } from './token-swap.js';
import { createUrlSwap } from './url-swap.js';
import { createUrnSwap } from './urn-swap.js';
import { createWordSwap } from './words.js';

export interface Translator {
  /** The URL of a request, or the path and query of one. */
  readonly url: (url: string) => string;
  /** One field line of a request or an answer. */
  readonly field: SwapField;
  /** A body: JSON, a security event token, or several tokens with blanks between them. Any other text stays. */
  readonly body: (text: string) => string;
  /** A security event token in compact form. Any other text stays. Its signature is that of the text before. */
  readonly token: (text: string) => string;
  /** A JSON value. */
  readonly value: (value: unknown) => unknown;
  /** A JSON object, such as the claims of a token that came. */
  readonly object: (object: object) => Record<string, unknown>;
  /** A sentence, or several, about the provider. */
  readonly words: (text: string) => string;
  /** Claims that are to be signed: those of a security event token are translated, others stay. */
  readonly claims: (claims: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

const swapValue = (value: unknown, swaps: StringSwaps, holder: Holder): unknown => {
  if (typeof value === 'string') return swaps.value(value, holder);
  if (Array.isArray(value))
    return value.map((each: unknown) =>
      isObject(each) ? swapMembers(each, swaps, holder.member) : swapValue(each, swaps, holder),
    );
  return isObject(value) ? swapMembers(value, swaps) : value;
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `list`: the member in whose list the object stands. */
const swapMembers = (object: object, swaps: StringSwaps, list?: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(object).map(([member, each]) => [swaps.member(member), swapValue(each, swaps, { member, list })]),
  );

const nowhere: Holder = { member: undefined, list: undefined };

/** The path of a base URL without a slash at its end; empty at the root. */
export const pathOfBase = (baseUrl: string): string => new URL(baseUrl).pathname.replace(/\/+$/, '');

/** `basePaths`: the paths of all base URLs under which the provider is reached, as `pathOfBase` gives them. */
export const createTranslator = (renames: Renames, basePaths: () => readonly string[]): Translator => {
  const swapUrns = createUrnSwap(renames.urns);
  const names = createNameSwap(renames.members);
  const attributes = createAttributeSwap(renames.members, names);
  const { url, perhapsUrl } = createUrlSwap(renames, { basePaths, swapUrns, swapQuery: attributes.query });
  const claimSwaps: StringSwaps = {
    member: (name) => swapUrns(names(name)),
    value: (text, holder) => swapUrns(attributes.text(perhapsUrl(text), holder)),
  };
  const token = (text: string): string => swapToken(text, claimSwaps);
  const swaps: StringSwaps = {
    ...claimSwaps,
    value: (text, holder) => {
      const changed = token(text);
      return changed === text ? claimSwaps.value(text, holder) : changed;
    },
  };
  return {
    url,
    field: createFieldSwap(renames, url),
    token,
    body: (text) => (mayHoldNames(text) ? swapStrings(text, swaps) : text.replace(/\S+/g, token)),
    value: (value) => swapValue(value, swaps, nowhere),
    object: (object) => swapMembers(object, swaps),
    words: createWordSwap(renames, perhapsUrl),
    claims: (claims) =>
      isEventClaims(JSON.stringify(claims), claimSwaps) ? swapMembers(claims, claimSwaps) : { ...claims },
  };
};

/** For a provider that is reached under one base URL. */
export const translatorAt = (renames: Renames, baseUrl: string): Translator => {
  const paths = [pathOfBase(baseUrl)];
  return createTranslator(renames, () => paths);
};
