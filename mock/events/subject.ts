/** The subject of a security event token: the resource that it is about (RFC 9967 §2.1). */
import { isJson } from '../json.js';
import type { Operation, OperationResult, Written } from '../operation.js';
import { pathOf } from '../resources/representation.js';
import { typeOfPath } from '../resources/resource-type.js';

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

/** The subject of an operation that wrote nothing: the resource that it names, else the endpoint. */
export const subjectOfResult = (
  { path, data }: Operation,
  { location }: OperationResult,
  baseUrl: string,
): ScimSubject => {
  const uri = location?.startsWith(`${baseUrl}/`)
    ? location.slice(baseUrl.length)
    : (typeOfPath(path)?.endpoint ?? path);
  return subject(uri.startsWith('/') ? uri : `/${uri}`, isJson(data) ? data.externalId : undefined);
};
