/** `simulate` for tests: the report and all that the run would record have to keep their schemas. */
import { traceLines } from '../../reports/trace.js';
import { simulate as run } from '../../simulation/index.js';
import type { Simulated, SimulationOptions } from '../../simulation/simulate.js';
import type { SimulatedProvider } from '../../simulation/world.js';
import { demandReport, traceRefusal } from './valid.js';

/** Rejects if the report or a line of the trace does not match its schema. */
export const simulate = async <P extends SimulatedProvider>(options: SimulationOptions<P>): Promise<Simulated<P>> => {
  let refusal: string | undefined;
  const { report, provider } = await run({
    ...options,
    run: {
      ...options.run,
      onEvent: (event) => {
        refusal ??= traceRefusal(traceLines(event));
        options.run?.onEvent?.(event);
      },
    },
  });
  // Thrown here, because the run catches what a listener throws.
  if (refusal !== undefined) throw new Error(`the run recorded what is no trace: ${refusal}`);
  return { report: demandReport(report), provider };
};
