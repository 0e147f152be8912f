/** Reads times in SCIM's form: xsd:dateTime, whose time zone is optional (RFC 7643 §2.3.5). */

const form =
  /^-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-4]):[0-5]\d:[0-5]\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

export interface DateTime {
  /** Milliseconds since 1970; a time without a zone is read as UTC. */
  readonly at: number;
  readonly hasZone: boolean;
}

/** Undefined if the value is no xsd:dateTime. */
export const readDateTime = (value: unknown): DateTime | undefined => {
  const match = typeof value === 'string' ? form.exec(value) : null;
  if (match === null) return undefined;
  const hasZone = match[1] !== undefined;
  return { at: Date.parse(hasZone ? match[0] : `${match[0]}Z`), hasZone };
};
