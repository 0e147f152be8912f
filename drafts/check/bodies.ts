/** Bodies: JSON that is JSON, that keeps the schema that it names, and tokens that can be decoded. */
import { urn } from '../../schemas/names.js';
import type { SchemaName } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import type { Body } from '../examples/body.js';
import type { Example } from '../examples/http-message.js';
import { isObject, type JsonObject } from '../json-object.js';
import type { FoundAt } from './finding.js';

/** The schema of a body, by a URN in its `schemas`, with where it stands. */
const schemaOf: Readonly<Record<string, { readonly schema: SchemaName; readonly source: string }>> = {
  [urn.user]: { schema: 'scim/user', source: 'RFC 7643 §4.1' },
  [urn.group]: { schema: 'scim/group', source: 'RFC 7643 §4.2' },
  [urn.serviceProviderConfig]: { schema: 'scim/service-provider-config', source: 'RFC 7643 §5' },
  [urn.listResponse]: { schema: 'scim/list-response', source: 'RFC 7644 §3.4.2' },
  [urn.patchOp]: { schema: 'scim/patch-op', source: 'RFC 7644 §3.5.2' },
  [urn.bulkRequest]: { schema: 'scim/bulk-request', source: 'RFC 7644 §3.7' },
  [urn.bulkResponse]: { schema: 'scim/bulk-response', source: 'RFC 7644 §3.7.3' },
  [urn.error]: { schema: 'scim/error', source: 'RFC 7644 §3.12' },
  [urn.provisionStatus]: { schema: 'async/provision-status', source: 'profile §2' },
};

const token = { schema: 'async/security-event-token', source: 'RFC 8417 §2.2, RFC 9967 §2' } as const;

/** Whether an object is the claims of a SCIM security event token. */
export const isEventToken = (value: unknown): value is JsonObject =>
  isObject(value) &&
  isObject(value.events) &&
  Object.keys(value.events).some((uri) => uri.toLowerCase().startsWith('urn:ietf:params:scim:event:'));

const schemasOf = (value: unknown): { readonly schema: SchemaName; readonly source: string }[] => {
  if (isEventToken(value)) return [token];
  if (!isObject(value) || !Array.isArray(value.schemas)) return [];
  return value.schemas.flatMap((name: unknown) => (typeof name === 'string' ? (schemaOf[name] ?? []) : []));
};

/** Members that an answer may leave out, because the client chose others (RFC 7644 §3.9). */
const isChosen = (message: string, isProjected: boolean): boolean => isProjected && message.endsWith('is missing');

export interface Context {
  /** Whether the request of this answer chose its attributes. */
  readonly isProjected: boolean;
}

const checkValue = (value: unknown, line: number, { isProjected }: Context): FoundAt[] =>
  schemasOf(value).flatMap(({ schema, source }) => {
    const validation = validate(schema, value);
    const violations = validation.valid ? [] : validation.violations;
    return violations
      .filter(({ message }) => !isChosen(message, isProjected))
      .map(({ path, message }): FoundAt => ({
        code: 'schema-violation',
        line,
        expected: `a body of the form ${schema.replace(/^.*\//, '')}`,
        actual: `${path === '' ? 'the body' : path} ${message}`,
        source,
      }));
  });

const decoded = (part: string | undefined): unknown => {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
};

/** The claims of an unencrypted JWT; undefined if it is no such token (RFC 7519 §3). */
export const claimsOf = (jwt: string): JsonObject | undefined => {
  const [header, payload, ...rest] = jwt.split('.');
  const claims = decoded(payload);
  return rest.length === 1 && isObject(decoded(header)) && isObject(claims) ? claims : undefined;
};

const checkToken = (jwt: string, line: number, context: Context): FoundAt[] => {
  if (/\.\.\.|…/.test(jwt) || jwt.split('.').length === 5) return [];
  const claims = claimsOf(jwt);
  if (claims !== undefined) return checkValue(claims, line, context);
  const expected = 'three parts in base64url, the first two of them JSON objects';
  const actual = `the token that begins with «${jwt.slice(0, 20)}» has ${jwt.split('.').length} parts, and they cannot all be read`;
  return [{ code: 'token-unreadable', line, expected, actual, source: 'RFC 7519 §3' }];
};

const tokensIn = (value: unknown): string[] => {
  if (typeof value === 'string') return /^eyJ[\w-]+\.[\w-]*\./.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(tokensIn);
  return isObject(value) ? Object.values(value).flatMap(tokensIn) : [];
};

const checkBody = (body: Body, context: Context): FoundAt[] => {
  switch (body.kind) {
    case 'json':
      return [
        ...checkValue(body.value, body.line, context),
        ...tokensIn(body.value).flatMap((jwt) => checkToken(jwt, body.line, context)),
      ];
    case 'not-json': {
      const { line, message } = body.mistake;
      return [{ code: 'json-invalid', line, expected: 'JSON', actual: message, source: 'RFC 8259' }];
    }
    case 'token':
      return checkToken(body.token, body.line, context);
    case 'abbreviated':
      return [];
  }
};

export const checkBodyOf = (example: Example, context: Context): FoundAt[] =>
  example.body === undefined ? [] : checkBody(example.body, context);
