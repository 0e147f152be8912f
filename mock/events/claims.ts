/** The parts of a security event token (RFC 8417 §2, RFC 9967 §2.1), before anything is signed. */
import { typeOfPath } from '../resources/resource-type.js';
import { isJson, pathOf, type Json } from '../resources/representation.js';
import type { Job } from '../jobs/job.js';
import type { Written } from '../operation.js';

/** Claims of one token. Free in form, so that a wrong provider can leave out what it must not. */
export type Claims = Json;

/** Which write a token tells of. */
export interface EventContext {
  /** Undefined for a synchronous write that is no bulk request. */
  readonly job?: Job;
  /** Place of the operation in its request. */
  readonly index?: number;
  /** Name of the only client that gets it; undefined: all do. */
  readonly client?: string;
}

/** RFC 9967 §2.1. */
export interface ScimSubject {
  readonly format: 'scim';
  /** Under the base URL. */
  readonly uri: string;
  readonly externalId?: string;
}

const subject = (uri: string, externalId: unknown): ScimSubject => ({
  format: 'scim',
  uri,
  ...(typeof externalId === 'string' ? { externalId } : {}),
});

export const subjectOfWritten = ({ operation, before, stored }: Written): ScimSubject => {
  const resource = stored ?? before;
  return subject(resource === undefined ? operation.path : pathOf(resource), resource?.attributes.externalId);
};

/** The subject of a result by itself: its resource, or the endpoint where it names none. */
export const subjectOfResult = ({ operations, results }: Job, index: number, baseUrl: string): ScimSubject => {
  const { path = '', data } = operations[index] ?? {};
  const location = results[index]?.location;
  const uri = location?.startsWith(`${baseUrl}/`)
    ? location.slice(baseUrl.length)
    : (typeOfPath(path)?.endpoint ?? path);
  return subject(uri.startsWith('/') ? uri : `/${uri}`, isJson(data) ? data.externalId : undefined);
};
