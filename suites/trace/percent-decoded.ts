/** Texts of a provider may be no percent-encoding at all, and the decoder of the language throws on them. */

/** `text` without its percent-encoding (RFC 3986 §2.1); undefined if it is malformed, or not UTF-8. */
export const percentDecoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
