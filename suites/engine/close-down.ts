/** Ends a run on the target: deletes what was created there, and closes what was opened. */
import type { Settings } from '../../schemas/types.js';
import type { RunContext } from '../session/run-context.js';
import { cleanUp } from './clean-up.js';

/** Milliseconds for taking off what is left to be polled. */
const drainMs = 5000;

/** Returns what is left behind, as `cleanUp` does. */
export const closeDown = async (context: RunContext, { readOnly, concurrency }: Settings): Promise<string[]> => {
  const { clock, events, tally, transport } = context;
  try {
    return readOnly || tally.begun === 0 ? [] : await cleanUp(context, concurrency);
  } finally {
    const deadline = clock.deadline(drainMs);
    try {
      await events.poller?.drain(deadline.signal);
    } finally {
      deadline.cancel();
      await Promise.all([events.receiver?.stop(), transport.close()]);
    }
  }
};
