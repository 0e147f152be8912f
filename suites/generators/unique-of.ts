/** Derives a unique value from the name of a resource, for attributes that must be unique. The same name gives the same value. */
import { createHash } from 'node:crypto';

/** Twelve digits: a form that is valid for employee numbers, phone numbers and names. */
export const uniqueOf = (name: string): string => {
  // Names are compared without regard to case (RFC 7643 §4.1.1).
  const digest = createHash('sha256').update(name.toLowerCase()).digest().readUIntBE(0, 6);
  return String(100_000_000_000 + (digest % 900_000_000_000));
};
