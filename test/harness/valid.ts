/** Validates what a test writes, sends or receives against its schema. */
import { eventLine } from '../../reports/event-lines.js';
import { traceLines } from '../../reports/trace.js';
import type { Report, SchemaName } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import type { RunOptions } from '../../suites/index.js';

/** The first violations, in words; undefined if the value matches the schema. */
export const schemaRefusal = (schema: SchemaName, value: unknown): string | undefined => {
  const validation = validate(schema, value);
  return validation.valid ? undefined : JSON.stringify(validation.violations.slice(0, 3));
};

/** The first of these lines (NDJSON) that does not match the schema, and why. */
const lineRefusal = (schema: SchemaName, text: string): string | undefined =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => schemaRefusal(schema, JSON.parse(line)))
    .find((refusal) => refusal !== undefined);

/** The first line of a recorded run that is not what `schemas/files/trace.json` demands, and why. */
export const traceRefusal = (text: string): string | undefined => lineRefusal('files/trace', text);

/** The first event that is not what `schemas/files/event.json` demands, and why. */
export const eventsRefusal = (text: string): string | undefined => lineRefusal('files/event', text);

/** The report itself. Throws if it is not what a run may write. */
export const demandReport = (report: Report): Report => {
  // What is undefined is written nowhere.
  const refusal = schemaRefusal('files/report', JSON.parse(JSON.stringify(report)));
  if (refusal !== undefined) throw new Error(`this is no report: ${refusal}`);
  return report;
};

type OnEvent = NonNullable<RunOptions['onEvent']>;

/**
 * Checks a run against the schemas: pass `onEvent` to the run, and its report to `demandValid`, which returns it. Throws
 * if the report or a line of the trace does not match its schema.
 */
export const watchRun = (listener?: OnEvent): { onEvent: OnEvent; demandValid: (report: Report) => Report } => {
  let refusal: string | undefined;
  return {
    onEvent: (event) => {
      refusal ??= traceRefusal(traceLines(event)) ?? eventsRefusal(eventLine(event, new Date(0)));
      listener?.(event);
    },
    // It throws only here, because the run catches what a listener throws.
    demandValid: (report) => {
      if (refusal !== undefined) throw new Error(`the run recorded what is no trace: ${refusal}`);
      return demandReport(report);
    },
  };
};
