/** Builds the body of a bulk request and the record of its operations from one description, so that they always agree. */
import { urn } from '../../../schemas/names.js';
import type { SubmittedOperation } from '../../../schemas/types.js';
import { namelessUser, plainUser } from '../../generators/user.js';
import type { SubmitPlan } from '../../session/session.js';

export interface BulkOperation extends SubmittedOperation {
  readonly data?: unknown;
  /** The version that the client expects, as in If-Match. */
  readonly version?: string;
}

/** A create of a plain user. One that is not valid lacks the required userName, so that it has to fail with 400. */
export const createOperation = (bulkId: string, userName: string, isValid = true): BulkOperation => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  ...(isValid
    ? { expected: 'success', userName, data: plainUser(userName) }
    : { expected: 'failure', status: '400', data: namelessUser(userName) }),
});

/** Members of a bulk request that give it options (profile §4). */
export const bulkOptions = (options: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  schemas: [urn.bulkRequest, urn.bulkOptions],
  [urn.bulkOptions]: options,
});

/** Plan of a bulk request (RFC 7644 §3.7); `more` adds members to its body, such as failOnErrors. */
export const bulkPlan = (
  operations: readonly BulkOperation[],
  more: Record<string, unknown> = {},
): SubmitPlan & { readonly body: Record<string, unknown> } => ({
  method: 'POST',
  url: '/Bulk',
  shape: 'bulk',
  body: {
    schemas: [urn.bulkRequest],
    ...more,
    Operations: operations.map(({ method, path, bulkId, version, data }) => ({
      method,
      path,
      ...(bulkId === undefined ? {} : { bulkId }),
      ...(version === undefined ? {} : { version }),
      ...(data === undefined ? {} : { data }),
    })),
  },
  operations: operations.map(({ method, path, bulkId, expected, status, userName }) => ({
    method,
    path,
    expected,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(status === undefined ? {} : { status }),
    ...(userName === undefined ? {} : { userName }),
  })),
});
