/** A word for one resource alone, always the same for its name: what attributes that must be unique are made of. */
import { createHash } from 'node:crypto';

/** Twelve digits: of a form that employee numbers, phone numbers and names alike may have. */
export const uniqueOf = (name: string): string => {
  // Names are compared without regard to case (RFC 7643 §4.1.1).
  const digest = createHash('sha256').update(name.toLowerCase()).digest().readUIntBE(0, 6);
  return String(100_000_000_000 + (digest % 900_000_000_000));
};
