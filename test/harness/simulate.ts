/** `simulate` for tests: the report and all that the run would record have to keep their schemas. */
import { simulate as run } from '../../simulation/index.js';
import type { Simulated, SimulationOptions } from '../../simulation/simulate.js';
import type { SimulatedProvider } from '../../simulation/world.js';
import { watchRun } from './valid.js';

/** Rejects if the report or a line of the trace does not match its schema. */
export const simulate = async <P extends SimulatedProvider>(options: SimulationOptions<P>): Promise<Simulated<P>> => {
  const { onEvent, demandValid } = watchRun(options.run?.onEvent);
  const { report, provider } = await run({ ...options, run: { ...options.run, onEvent } });
  return { report: demandValid(report), provider };
};
