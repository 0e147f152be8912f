/** Reads entity tags (RFC 9110 §8.8.3). A SCIM resource shows its tag twice: in the ETag field and as `meta.version`. */
import { header } from '../../schemas/names.js';
import { atPath, responseHeader, responseObject } from './message.js';
import type { Answered } from './trace.js';

export const isWeak = (tag: string): boolean => tag.startsWith('W/');

/** A tag without the sign that it is weak: proxies that compress an answer make its tag weak. */
export const opaqueTag = (tag: string): string => tag.replace(/^W\//, '');

/** Whether two tags are alike in the weak comparison (RFC 9110 §8.8.3.2). */
export const isSameTag = (one: string, other: string): boolean => opaqueTag(one) === opaqueTag(other);

/** `meta.version` in an answer; undefined if it is absent, empty or no string. */
export const versionIn = (answer: Answered): string | undefined => {
  const version = atPath(responseObject(answer), 'meta.version');
  return typeof version === 'string' && version !== '' ? version : undefined;
};

/** Both tags in an answer, as far as they are there: its ETag, and `meta.version`. */
export const tagsIn = (answer: Answered): string[] =>
  [responseHeader(answer, header.etag), versionIn(answer)].filter((tag) => tag !== undefined);

/** The tag in an answer: `meta.version` is the same as the ETag (RFC 7644 §3.14). */
export const tagIn = (answer: Answered): string | undefined => tagsIn(answer)[0];

/** What servers append to the tag of an answer that they compress, such as `-gzip` (RFC 9110 §8.8.3.3). */
const codingSuffix = /[-+;:.]{1,2}(?:gzip|br|deflate|zstd|df)(?="?$)/i;

/** Whether a server seems to have added the name of a content coding to the tag. */
export const namesCoding = (tag: string): boolean => codingSuffix.test(tag);

/** The tag without the name of a content coding. */
export const withoutCoding = (tag: string): string => tag.replace(codingSuffix, '');
