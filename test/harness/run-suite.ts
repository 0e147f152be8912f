/** The library's `runSuite` for tests: its report and all that it would record have to keep their schemas. */
import { traceLines } from '../../reports/trace.js';
import { runSuite as run, type Report, type RunOptions } from '../../suites/index.js';
import { demandReport, traceRefusal } from './valid.js';

/** Rejects if the report or a line of the trace does not match its schema. */
export const runSuite = async (options: RunOptions): Promise<Report> => {
  let refusal: string | undefined;
  const report = await run({
    ...options,
    onEvent: (event) => {
      refusal ??= traceRefusal(traceLines(event));
      options.onEvent?.(event);
    },
  });
  // Thrown here, because the run catches what a listener throws.
  if (refusal !== undefined) throw new Error(`the run recorded what is no trace: ${refusal}`);
  return demandReport(report);
};
