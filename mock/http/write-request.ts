/** Reads from a write request its mode, its request id and, for a bulk request, its operations. */
import { header, requestMode, urn } from '../../schemas/names.js';
import type { BulkOptions } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import { isJson } from '../json.js';
import type { MockFeature, Settings } from '../options.js';
import { Problem } from '../problem.js';
import type { Operation, WriteMethod } from '../operation.js';

/** Whether the mode is asynchronous (profile D1). Throws a Problem of 400 if the mode is unknown (MODE-04). */
export const isAsynchronous = (field: string | undefined): boolean => {
  switch (field?.trim().toLowerCase()) {
    case undefined:
    case requestMode.synchronous:
      return false;
    case requestMode.asynchronous:
      return true;
    default:
      throw new Problem(400, `${header.requestMode} is asynchronous or synchronous.`, 'invalidValue');
  }
};

/** The request id, 1 to 128 visible ASCII characters (profile §2). Throws a Problem of 400 if it is invalid. */
export const requestIdOf = (field: string | undefined): string | undefined => {
  if (field === undefined || /^[\x21-\x7e]{1,128}$/.test(field)) return field;
  throw new Problem(400, `${header.requestId} has 1 to 128 visible ASCII characters.`, 'invalidValue');
};

export interface BulkPlan {
  readonly operations: readonly Operation[];
  readonly failOnErrors: number | undefined;
  readonly options: BulkOptions;
}

/** The feature (profile §2) that each bulk option belongs to. */
const featureOf: Readonly<Record<string, MockFeature>> = {
  rollbackOnError: 'rollback',
  priority: 'priority',
  onConflict: 'conflict',
  transform: 'transform',
};

/**
 * The options of a bulk request (profile §4) whose features are on. Throws a Problem of 400 if they are not valid; the rules of
 * `transform` are not looked at.
 */
const readOptions = (body: unknown, features: readonly MockFeature[]): BulkOptions => {
  const sent = isJson(body) ? Object.entries(body).find(([name]) => isBulkOptions(name))?.[1] : undefined;
  if (sent === undefined || sent === null) return {};
  const isListed = isJson(sent) && Array.isArray(sent.transform);
  const validation = validate('async/bulk-options', isListed ? { ...sent, transform: [] } : sent);
  if (!validation.valid) {
    const [first] = validation.violations;
    throw new Problem(400, `Not valid bulk options: ${first?.path ?? ''} ${first?.message ?? ''}.`, 'invalidValue');
  }
  const isOn = (option: string): boolean =>
    Object.entries(featureOf).some(([name, feature]) => name === option && features.includes(feature));
  return Object.fromEntries(Object.entries(sent).filter(([name]) => isOn(name)));
};

/** Names of extensions are URNs, which are compared without regard to case (RFC 8141 §3.1). */
const isBulkOptions = (name: string): boolean => name.toLowerCase() === urn.bulkOptions.toLowerCase();

/**
 * Reads a bulk request (RFC 7644 §3.7). Throws a Problem of 400, or of 413 if there are too many operations (BULK-04).
 */
export const readBulk = (
  body: unknown,
  { maxOperations, features }: Pick<Settings, 'maxOperations' | 'features'>,
): BulkPlan => {
  const sent: unknown = typeof body === 'object' && body !== null && 'Operations' in body ? body.Operations : undefined;
  if (Array.isArray(sent) && sent.length > maxOperations) {
    throw new Problem(413, `A bulk request has at most ${maxOperations} operations.`);
  }
  const validation = validate('scim/bulk-request', body);
  if (!validation.valid) {
    const [first] = validation.violations;
    throw new Problem(400, `Not a valid bulk request: ${first?.path ?? ''} ${first?.message ?? ''}.`, 'invalidSyntax');
  }
  const { Operations, failOnErrors } = validation.value;
  const bulkIds = Operations.flatMap(({ bulkId }) => bulkId ?? []);
  if (new Set(bulkIds).size < bulkIds.length) throw new Problem(400, 'A bulkId occurs twice.', 'invalidValue');
  return {
    failOnErrors,
    options: readOptions(body, features),
    operations: Operations.map(({ method, path, bulkId, data, version }) => ({
      method: method.toUpperCase() as WriteMethod,
      path,
      ...(bulkId === undefined ? {} : { bulkId }),
      ...(data === undefined ? {} : { data }),
      ...(version === undefined ? {} : { version }),
    })),
  };
};
