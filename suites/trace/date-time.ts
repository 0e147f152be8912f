/** Reads times in SCIM's form: xsd:dateTime, whose time zone is optional (RFC 7643 §2.3.5). */

/*
 * XML Schema Part 2 §3.2.7, without years of more than four digits or before the year 1:
 *
 *   yyyy '-' mm '-' dd 'T' hh ':' mm ':' ss ('.' s+)? (Z | ('+' | '-') hh ':' mm)?
 *
 * 24:00:00 is the end of a day, and a time zone is at most 14 hours away from UTC.
 */
const form =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?$/;

export interface DateTime {
  /** Milliseconds since 1970; a time without a zone is read as UTC. */
  readonly at: number;
  readonly hasZone: boolean;
}

const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Undefined if the value is no xsd:dateTime. */
export const readDateTime = (value: unknown): DateTime | undefined => {
  const match = typeof value === 'string' ? form.exec(value) : null;
  if (match === null) return undefined;
  const [text, year, month, day, zone] = match;
  if (Number(day) > daysOf(Number(year), Number(month))) return undefined;
  return { at: Date.parse(zone === undefined ? `${text}Z` : text), hasZone: zone !== undefined };
};
