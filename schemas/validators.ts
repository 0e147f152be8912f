/** Validates messages and files against the schemas, and describes the violations in plain words. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formatsPlugin from 'ajv-formats';
import { loadSchema, schemaId, schemaNames } from './load.js';
import type { SchemaName, SchemaTypes } from './types.js';

export interface Violation {
  /** JSON pointer to the value; empty for the root. */
  readonly path: string;
  /** Name of the member of the root in which the violation is; empty if it is in the root itself. */
  readonly member: string;
  /** What was expected, as a clause. */
  readonly message: string;
}

export type Validation<T> =
  { readonly valid: true; readonly value: T } | { readonly valid: false; readonly violations: readonly Violation[] };

let compiler: Ajv2020 | undefined;

/** One compiler for all schemas; each schema is compiled when it is first used. */
const schemas = (): Ajv2020 => {
  if (compiler !== undefined) return compiler;
  compiler = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
  formatsPlugin.default(compiler);
  for (const name of schemaNames) compiler.addSchema(loadSchema(name));
  return compiler;
};

const describe = ({ keyword, params, message }: ErrorObject): string => {
  switch (keyword) {
    case 'required':
      return `«${String(params.missingProperty)}» is missing`;
    case 'dependentRequired':
      return `«${String(params.missingProperty)}» is missing, which «${String(params.property)}» needs`;
    case 'const':
      return `should be ${JSON.stringify(params.allowedValue)}`;
    case 'enum':
      return `should be one of ${(params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'type':
      return `should be of type ${String(params.type)}`;
    case 'additionalProperties':
      return `«${String(params.additionalProperty)}» is not known here`;
    case 'minProperties':
      return `has too few members: ${String(params.limit)} at least`;
    case 'maxProperties':
      return `has too many members: ${String(params.limit)} at most`;
    case 'format':
      return `should be of the form ${String(params.format)}`;
    case 'oneOf':
      return 'should be one of its forms, and no two of them at a time';
    case 'contains':
      return 'does not contain what it should';
    case 'false schema':
      return 'should not be there';
    default:
      return message ?? keyword;
  }
};

const memberOf = ({ instancePath, keyword, params }: ErrorObject): string => {
  const [, segment] = instancePath.split('/');
  // RFC 6901 §3.
  if (segment !== undefined) return segment.replaceAll('~1', '/').replaceAll('~0', '~');
  return keyword === 'required' ? String(params.missingProperty) : '';
};

/** Keywords whose errors only repeat what a nested error says. */
const wrappers = new Set(['if', 'oneOf', 'anyOf', 'allOf']);

/** Validates a value against the schema of this name; returns all violations if it is not valid. */
export const validate = <N extends SchemaName>(name: N, value: unknown): Validation<SchemaTypes[N]> => {
  const check = schemas().getSchema(schemaId(name));
  if (check === undefined) throw new Error(`there is no schema ${name}`);
  if (check(value) === true) return { valid: true, value: value as SchemaTypes[N] };
  const errors = check.errors ?? [];
  // Under `contains` every item reports its own mismatch; only the error of the keyword itself is kept.
  const telling = errors.filter(
    ({ keyword, schemaPath }) => !wrappers.has(keyword) && !/\/contains\/./.test(schemaPath),
  );
  return {
    valid: false,
    violations: (telling.length === 0 ? errors : telling).map((error) => ({
      path: error.instancePath,
      member: memberOf(error),
      message: describe(error),
    })),
  };
};
