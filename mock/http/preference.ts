/** Reads the Prefer field (RFC 7240): whether an asynchronous answer is wanted, and how long the client would wait. */
import { respondAsync } from '../../schemas/names.js';

export interface Preference {
  /** RFC 7240 §4.1. */
  readonly respondAsync: boolean;
  /** RFC 7240 §4.3; absent where the client names no time. */
  readonly waitSeconds?: number;
}

/*
 * RFC 7240 §2, with the list of RFC 9110 §5.6.1, whose elements may be empty:
 *
 *   Prefer     = 1#preference
 *   preference = token [ BWS "=" BWS word ] *( OWS ";" [ OWS parameter ] )
 *   parameter  = token [ BWS "=" BWS word ]
 *   word       = token / quoted-string
 *
 * An empty value is no value. Of a preference that is named twice the first instance counts. What is unknown, or is
 * no preference at all, is passed over: a preference is never a reason to refuse.
 */

/** What stands between commas; those within a quoted string are no separators. */
const elements = /(?:[^,"]|"(?:[^"\\]|\\[^])*"?)+/g;
const preference =
  /^[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*(?:=[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+|"(?:[^"\\]|\\[^])*")?[ \t]*)?(?:;|$)/;

const unquoted = (word: string): string => (word.startsWith('"') ? word.slice(1, -1).replace(/\\([^])/g, '$1') : word);

/** Several lines of the field are one, joined by commas. */
export const readPreference = (field: string | undefined): Preference => {
  const given = new Map<string, string>();
  for (const element of field?.match(elements) ?? []) {
    const [, name, word = ''] = preference.exec(element) ?? [];
    const key = name?.toLowerCase();
    if (key !== undefined && !given.has(key)) given.set(key, unquoted(word));
  }
  const wait = given.get('wait') ?? '';
  return {
    respondAsync: given.get(respondAsync) === '',
    ...(/^\d{1,9}$/.test(wait) ? { waitSeconds: Number(wait) } : {}),
  };
};
