/** CORE-18: whether a value that a read shows is the one that was written, in whatever form that its type permits (RFC 7643 §2.3). */
import type { AttributeDefinition } from '../../../provider/schema-definitions.js';
import { isAlike, normal } from '../../../trace/alike.js';
import { readDateTime } from '../../../trace/date-time.js';

/** Attributes that a provider may make itself, from others (RFC 7643 §2.4, §4.1.1). */
const derived = ['formatted', 'display', 'displayname'];

/** Attributes of which CORE-03 judges the value. */
const judgedElsewhere = ['username', 'externalid', 'active'];

/** Whether only the presence of the attribute is judged here. */
export const isFree = ({ name }: AttributeDefinition): boolean =>
  [...derived, ...judgedElsewhere].includes(name.toLowerCase());

const asUrl = (text: string): string => (URL.canParse(text) ? new URL(text).href.replace(/\/$/, '') : text);

const bytesOf = (text: string): string =>
  Buffer.from(text.replaceAll(/\s|-----[^-]*-----/g, ''), 'base64').toString('hex');

/** Milliseconds; a provider may keep no parts of a second. */
const secondOf = (value: unknown): number | undefined => {
  const at = readDateTime(value)?.at;
  return at === undefined ? undefined : Math.floor(at / 1000);
};

const isSameText = ({ caseExact, type }: AttributeDefinition, written: string, read: string): boolean => {
  if (type === 'reference') return asUrl(written) === asUrl(read);
  if (type === 'binary') return bytesOf(written) === bytesOf(read);
  if (!caseExact || written.includes('@')) return isAlike(written, read);
  return written.normalize('NFC').trim() === read.normalize('NFC').trim();
};

/** `read` is there. A value of another type is for CORE-16 to judge, where it means the same. */
export const isSameValue = (definition: AttributeDefinition, written: unknown, read: unknown): boolean => {
  if (definition.type === 'dateTime') {
    const second = secondOf(read);
    return second === undefined || second === secondOf(written);
  }
  if (typeof written === 'number') return Math.abs(Number(read) - written) <= Math.abs(written) * 1e-6;
  if (typeof written === 'boolean') return String(read).toLowerCase() === String(written);
  return typeof written !== 'string' || typeof read !== 'string' || isSameText(definition, written, read);
};

/** Whether only the beginning of a text is left. */
export const isCutText = (written: unknown, read: unknown): boolean =>
  typeof written === 'string' &&
  typeof read === 'string' &&
  read.trim() !== '' &&
  read.length < written.length &&
  normal(written).startsWith(normal(read));
