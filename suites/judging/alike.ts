/** Whether a representation shows a value that was written: a provider may normalise what it keeps. */

/** Letter case, white space and Unicode form may differ. */
export const normal = (text: string): string => text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

export const isAlike = (written: unknown, read: unknown): boolean =>
  typeof written === 'string' && typeof read === 'string' ? normal(written) === normal(read) : written === read;

/** Null and an empty list count as absent (RFC 7643 §2.5). */
export const isPresent = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
