/**
 * Whether a representation shows a value that was written. A provider may normalise what it keeps, and names are compared by
 * the rules of their attribute: wherever the suite compares texts of its own with those of a provider, it does so here.
 */

/** Attributes whose values are compared exactly (`caseExact`, RFC 7643 §3.1), in lower case. */
const exact: readonly string[] = ['id', 'externalid'];

/**
 * A text in a form that is the same for all texts that differ in letter case, white space or Unicode form. The detour over
 * lower case is needed for letters such as ẞ, whose capital form is no capital of itself (ß becomes SS).
 */
export const normal = (text: string): string =>
  text.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKC').trim().replaceAll(/\s+/g, ' ');

/** Matches texts of visible ASCII characters, such as ids: of these only letter case can differ, and they are many. */
const isPlain = /^[\x21-\x7e]*$/;

const telephone = /^(?:tel:)?\+?[\d().\- ]{5,}$/i;

/** Whether a text is a telephone number as a URI (RFC 3966 §3). */
const isTelephoneUri = (text: string): boolean => /^tel:/i.test(text) && telephone.test(text);

/** A telephone number without its scheme and the separators that only help a reader (RFC 3966 §3, RFC 7643 §4.1.2). */
const dialled = (text: string): string => text.replaceAll(/^tel:|[().\- ]/gi, '');

/** Whether one text is a telephone number as a URI, and the other one the same number in whatever form. */
const isSameNumber = (one: string, other: string): boolean =>
  (isTelephoneUri(one) || isTelephoneUri(other)) &&
  telephone.test(one) &&
  telephone.test(other) &&
  dialled(one) === dialled(other);

/** Whether two values are equal, for an attribute that is compared without regard to case (`caseExact` false). */
export const isAlike = (written: unknown, read: unknown): boolean => {
  if (written === read || typeof written !== 'string' || typeof read !== 'string') return written === read;
  const isEqual =
    isPlain.test(written) && isPlain.test(read)
      ? written.length === read.length && written.toLowerCase() === read.toLowerCase()
      : normal(written) === normal(read);
  return isEqual || isSameNumber(written, read);
};

/** Whether two values are equal by the rules of the attribute with this path, such as `name.familyName`. */
export const isAlikeAt = (path: string, written: unknown, read: unknown): boolean => {
  const isExact = exact.includes(path.toLowerCase());
  if (!isExact || typeof written !== 'string' || typeof read !== 'string') return isAlike(written, read);
  return written.normalize('NFC') === read.normalize('NFC');
};

/** Null and an empty list count as absent (RFC 7643 §2.5). */
export const isPresent = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
