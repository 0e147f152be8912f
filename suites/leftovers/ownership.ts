/** Whose a resource is: what a run creates bears its mark, and nothing else on the target is the suite's to delete. */
import type { Exchange } from '../../schemas/types.js';
import { isObject, responseObject, type JsonObject } from '../trace/message.js';

/** With what the name of every resource of a run begins. */
export const markOf = (run: string): string => `scimc-${run}-`;

export type Sighting =
  /** `name` in lower case, as userName is compared (RFC 7643 §4.1.1). */
  | { readonly whose: 'ours'; readonly name: string }
  | { readonly whose: 'foreign' }
  | { readonly whose: 'nobody' }
  | { readonly whose: 'unknown'; readonly why: string };

/** What was sent without a name, to be refused, is known by the other values that are its own. */
const otherNames = ({ displayName, externalId, emails }: JsonObject): unknown[] => [
  displayName,
  externalId,
  ...(Array.isArray(emails) ? emails.filter(isObject).map(({ value }) => value) : []),
];

/** The name of the run that a representation bears, in lower case; undefined where it bears none. */
export const ownNameIn = (resource: JsonObject, run: string): string | undefined => {
  const { userName } = resource;
  const names = typeof userName === 'string' ? [userName] : otherNames(resource);
  return names
    .flatMap((name) => (typeof name === 'string' ? [name.toLowerCase()] : []))
    .find((name) => name.startsWith(markOf(run)));
};

/** Whether a DELETE that is answered so has left nothing behind, or found nothing. */
export const isGoneStatus = (status: number): boolean => status < 300 || status === 404 || status === 410;

export const isGone = ({ response }: Exchange): boolean => response !== undefined && isGoneStatus(response.status);

/** What the answer to a GET of a resource shows. */
export const sightingOf = (read: Exchange, run: string): Sighting => {
  if (read.response === undefined) return { whose: 'unknown', why: read.failure?.message ?? 'there was no answer' };
  const { status, truncated } = read.response;
  if (status === 404 || status === 410) return { whose: 'nobody' };
  if (status !== 200) return { whose: 'unknown', why: `it was answered ${status}` };
  if (truncated) return { whose: 'unknown', why: 'its answer was too long' };
  const resource = responseObject(read);
  if (resource === undefined) return { whose: 'unknown', why: 'its answer is no JSON object' };
  const name = ownNameIn(resource, run);
  return name === undefined ? { whose: 'foreign' } : { whose: 'ours', name };
};
