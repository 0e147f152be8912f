/** Judges compare paths from answers with paths from requests, and a provider may percent-encode them differently. */
import { percentDecoded } from '../trace/percent-decoded.js';

/** Two spellings of one path (RFC 3986 §6.2.2). */
export const isSamePath = (a: string, b: string): boolean => (percentDecoded(a) ?? a) === (percentDecoded(b) ?? b);
