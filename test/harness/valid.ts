/** Validates what a test writes, sends or receives against its schema. */
import type { Report, SchemaName } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';

/** The first violations, in words; undefined if the value matches the schema. */
export const schemaRefusal = (schema: SchemaName, value: unknown): string | undefined => {
  const validation = validate(schema, value);
  return validation.valid ? undefined : JSON.stringify(validation.violations.slice(0, 3));
};

/** The first line of a recorded run that is not what `schemas/files/trace.json` demands, and why. */
export const traceRefusal = (text: string): string | undefined =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => schemaRefusal('files/trace', JSON.parse(line)))
    .find((refusal) => refusal !== undefined);

/** The report itself. Throws if it is not what a run may write. */
export const demandReport = (report: Report): Report => {
  // What is undefined is written nowhere.
  const refusal = schemaRefusal('files/report', JSON.parse(JSON.stringify(report)));
  if (refusal !== undefined) throw new Error(`this is no report: ${refusal}`);
  return report;
};
