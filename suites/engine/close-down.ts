/** Ends a run on the target: deletes the resources that it created, and closes its connections and its receivers. */
import type { Settings } from '../../schemas/types.js';
import type { RunContext } from '../session/run-context.js';
import { cleanUp, cleanUpWithin } from './clean-up.js';
import type { WorkTime } from './work-time.js';

/** Milliseconds for acknowledging the tokens that can still be polled. */
const drainMs = 5000;

/** Returns what could not be deleted, like `cleanUp`. */
export const closeDown = async (
  context: RunContext,
  { readOnly, concurrency }: Settings,
  time: WorkTime,
): Promise<string[]> => {
  const { clock, events, tally, transport } = context;
  try {
    return readOnly || tally.begun === 0
      ? []
      : await cleanUp(
          context,
          concurrency,
          cleanUpWithin(() => time.left),
        );
  } finally {
    const deadline = clock.deadline(Math.min(drainMs, time.left));
    try {
      await events.poller?.drain(deadline.signal);
    } finally {
      deadline.cancel();
      await Promise.all([events.receiver?.stop(), events.webhooks?.stop(), transport.close()]);
      time.stop();
    }
  }
};
