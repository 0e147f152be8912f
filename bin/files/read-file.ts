/** Reads files that the user names, and reports what is wrong with them. */
import { readFileSync } from 'node:fs';
import type { SchemaName, SchemaTypes } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import type { Report } from '../../suites/index.js';
import { jsonMistake } from '../../schemas/json-mistake.js';
import { UsageError } from '../usage/usage-error.js';

/** The text of a file. `what` is its name in messages, such as `--baseline`. Throws UsageError. */
export const readText = (file: string, what: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${what} ${file} could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

/** The value of a JSON text. `what` is its name in messages, such as `--config target.json`. Throws UsageError. */
export const parseJson = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${what} is not JSON: ${jsonMistake(text)}.`);
  }
};

const maxViolations = 5;

/** The JSON value in a file. Throws UsageError if the value does not match the schema. */
export const readJson = <N extends SchemaName>(file: string, what: string, schema: N): SchemaTypes[N] => {
  const validation = validate(schema, parseJson(readText(file, what), `${what} ${file}`));
  if (validation.valid) return validation.value;
  const { violations } = validation;
  const lines = violations
    .slice(0, maxViolations)
    .map(({ path, message }) => `  ${path === '' ? 'the file itself' : path} ${message}`);
  const more = violations.length > maxViolations ? [`  … and ${violations.length - maxViolations} more`] : [];
  throw new UsageError([`${what} ${file} does not match its schema (${schema}):`, ...lines, ...more].join('\n'));
};

/** The report that a run wrote with `--json`. Throws UsageError. */
export const readReport = (file: string, what = 'the report'): Report => readJson(file, what, 'files/report');
