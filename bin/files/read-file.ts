/** Reads files that the user names, and says what is wrong with them where they are not as expected. */
import { readFileSync } from 'node:fs';
import type { SchemaName, SchemaTypes } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import type { Report } from '../../suites/index.js';
import { jsonMistake } from './json-mistake.js';
import { UsageError } from '../usage/usage-error.js';

/** The text of a file. `what` names it in messages, such as `--baseline`. Throws UsageError. */
export const readText = (file: string, what: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${what} ${file} could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

/** The value of a text in JSON. `what` names it in messages, such as `--config target.json`. Throws UsageError. */
export const parseJson = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${what} is not JSON: ${jsonMistake(text)}.`);
  }
};

const shown = 5;

/** The JSON value in a file. Throws UsageError where the value does not keep the schema. */
export const readJson = <N extends SchemaName>(file: string, what: string, schema: N): SchemaTypes[N] => {
  const validation = validate(schema, parseJson(readText(file, what), `${what} ${file}`));
  if (validation.valid) return validation.value;
  const { violations } = validation;
  const lines = violations
    .slice(0, shown)
    .map(({ path, message }) => `  ${path === '' ? 'the file itself' : path} ${message}`);
  const more = violations.length > shown ? [`  … and ${violations.length - shown} more`] : [];
  throw new UsageError([`${what} ${file} does not keep its schema (${schema}):`, ...lines, ...more].join('\n'));
};

/** The report that a run wrote with `--json`. Throws UsageError. */
export const readReport = (file: string, what = 'the report'): Report => readJson(file, what, 'files/report');
