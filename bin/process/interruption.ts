/** Signals that end a run: it cleans up and reports, unless the user asks a second time. */
import { toolFailed } from '../../suites/index.js';
import { guardRun } from './last-resort.js';

export interface Interruption {
  /** Aborts when the run has to end. */
  readonly signal: AbortSignal;
  /** The run is over: signals have their usual effect again. */
  readonly release: () => void;
}

/**
 * The first signal aborts `signal`. A second Ctrl-C ends the process at once, and `leftBehind` says what may be left. The
 * hang-up of a terminal often comes twice, and nobody asks for anything with it.
 */
export const interruption = (leftBehind: () => string): Interruption => {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      if (name === 'SIGHUP') return;
      process.stderr.write(`\nStopped without a report. ${leftBehind()}\n`);
      process.exit(130);
    }
    process.stderr.write(
      '\nInterrupted: deleting the resources of this run. Press Ctrl-C again to stop at once and leave them on the target.\n',
    );
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  const releaseGuard = guardRun(() => controller.abort(toolFailed()));
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, onSignal);
      releaseGuard();
    },
  };
};
