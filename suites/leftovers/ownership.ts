/** Tells whether a resource belongs to a run: its name carries the run's mark. The suite may delete nothing else. */
import type { Exchange } from '../../schemas/types.js';
import { isObject, responseObject, type JsonObject } from '../trace/message.js';

/** The beginning of the name of every resource that a run creates. */
export const markOf = (run: string): string => `scimc-${run}-`;

/**
 * A name in the form in which the suite writes its own names, which have no capitals: a provider may show it in another
 * letter case, because userName and displayName are compared without regard to it (RFC 7643 §4.1.1, §4.2).
 */
export const asOwnName = (name: string): string => name.trim().toLowerCase();

export type Sighting =
  /** `name` as the suite writes it. */
  | { readonly owner: 'this run'; readonly name: string }
  | { readonly owner: 'other' }
  | { readonly owner: 'none' }
  | { readonly owner: 'unknown'; readonly why: string };

/** Some resources are sent without a name, on purpose; they are recognised by their other unique values. */
const otherNames = ({ displayName, externalId, emails }: JsonObject): unknown[] => [
  displayName,
  externalId,
  ...(Array.isArray(emails) ? emails.filter(isObject).map(({ value }) => value) : []),
];

/** The name with the run's mark in a representation, as the suite writes it; undefined if there is none. */
export const ownNameIn = (resource: JsonObject, run: string): string | undefined => {
  const { userName } = resource;
  const names = typeof userName === 'string' ? [userName] : otherNames(resource);
  return names
    .flatMap((name) => (typeof name === 'string' ? [asOwnName(name)] : []))
    .find((name) => name.startsWith(markOf(run)));
};

/** Whether this status of a DELETE means that the resource is deleted, or was never there. */
export const isGoneStatus = (status: number): boolean => status < 300 || status === 404 || status === 410;

export const isGone = ({ response }: Exchange): boolean => response !== undefined && isGoneStatus(response.status);

/** What the answer to a GET shows about the owner of the resource. */
export const sightingOf = (read: Exchange, run: string): Sighting => {
  if (read.response === undefined) return { owner: 'unknown', why: read.failure?.message ?? 'there was no answer' };
  const { status, truncated } = read.response;
  if (status === 404 || status === 410) return { owner: 'none' };
  if (status !== 200) return { owner: 'unknown', why: `it was answered ${status}` };
  if (truncated) return { owner: 'unknown', why: 'its answer was too long' };
  const resource = responseObject(read);
  if (resource === undefined) return { owner: 'unknown', why: 'its answer is no JSON object' };
  const name = ownNameIn(resource, run);
  return name === undefined ? { owner: 'other' } : { owner: 'this run', name };
};
