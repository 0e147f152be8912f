/** Parses the Prefer field (RFC 7240): whether the client wants an asynchronous answer, and how long it would wait. */
import { respondAsync } from '../../schemas/names.js';

export interface Preference {
  /** RFC 7240 §4.1. */
  readonly respondAsync: boolean;
  /** RFC 7240 §4.3; absent if the client names no time. */
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
 * An empty value is the same as none. If a preference occurs twice, the first counts. Unknown preferences and syntax
 * errors are ignored, because a request is never refused for its preferences.
 */

/** The parts between commas; commas within quoted strings do not separate. */
const elements = /(?:[^,"]|"(?:[^"\\]|\\[^])*"?)+/g;
const preference =
  /^[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*(?:=[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+|"(?:[^"\\]|\\[^])*")?[ \t]*)?(?:;|$)/;

const unquoted = (word: string): string => (word.startsWith('"') ? word.slice(1, -1).replace(/\\([^])/g, '$1') : word);

/** If the field occurs several times, its values are joined by commas. */
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
