/** Judges compare paths from answers with paths from requests, and a provider may percent-encode them differently. */

/** Two spellings of one path (RFC 3986 §6.2.2). */
export const isSamePath = (a: string, b: string): boolean => {
  try {
    return decodeURIComponent(a) === decodeURIComponent(b);
  } catch {
    return a === b;
  }
};
