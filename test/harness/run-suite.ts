/** The library's `runSuite` for tests: its report and all that it would record have to keep their schemas. */
import { runSuite as run, type Report, type RunOptions } from '../../suites/index.js';
import { watchRun } from './valid.js';

/** Rejects if the report or a line of the trace does not match its schema. */
export const runSuite = async (options: RunOptions): Promise<Report> => {
  const { onEvent, demandValid } = watchRun(options.onEvent);
  return demandValid(await run({ ...options, onEvent }));
};
