/**
 * Exchanges names in the payload of security event tokens (RFC 8417). The payload changes and the signature stays, so
 * that the token has to be translated back before its signature is verified; other JWTs are none of our business.
 */
import type { StringSwaps } from './json-text.js';
import { swapStrings } from './json-text.js';

/** Header, payload and signature in base64url. */
const compact = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/;

const strict = new TextDecoder('utf-8', { fatal: true });

/** The text of a payload, if encoding it again gives the same; undefined otherwise. */
const decoded = (payload: string): string | undefined => {
  const bytes = Buffer.from(payload, 'base64url');
  if (bytes.toString('base64url') !== payload) return undefined;
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
};

const hasMember = (text: string, names: readonly string[]): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && names.some((name) => Object.hasOwn(value, name));
  } catch {
    return false;
  }
};

/** Whether claims are those of a security event token, before or after its translation (RFC 8417 §2.2). */
export const isEventClaims = (text: string, { member }: StringSwaps): boolean =>
  hasMember(text, ['events', member('events')]);

/** The token translated; any other text as it is. */
export const swapToken = (text: string, swaps: StringSwaps): string => {
  const [, header, payload, signature] = compact.exec(text) ?? [];
  if (header === undefined || payload === undefined || signature === undefined) return text;
  const claims = decoded(payload);
  if (claims === undefined || !isEventClaims(claims, swaps)) return text;
  return `${header}.${Buffer.from(swapStrings(claims, swaps)).toString('base64url')}.${signature}`;
};
