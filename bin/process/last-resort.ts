/**
 * What happens if this tool itself fails in an unexpected way, or if nobody reads what it says any more. An exit code of 1
 * means that the target has failed, so that an error of this tool must never end with it.
 */

/** Ends the run that goes on, so that it cleans up and reports; undefined if there is none. */
let endRun: (() => void) | undefined;

const tell = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** An error outside of everything that waits for it: a mistake in this tool. */
const onUncaught = (error: unknown): void => {
  const cause = error instanceof Error ? error : new Error(String(error));
  tell(`scim-conformance failed because of an internal error: ${cause.stack ?? cause.message}`);
  const end = endRun;
  endRun = undefined;
  if (end === undefined) process.exit(2);
  process.exitCode = 2;
  end();
};

const hasGone = (error: NodeJS.ErrnoException): boolean => error.code === 'EPIPE' || error.code === 'EIO';

let isWatched = false;

let isOutputBroken = false;

/** Node's exit code if a command waits for something that can never happen. */
const nothingLeft = 13;

/** Watches this process from now on. */
export const watchProcess = (): void => {
  if (isWatched) return;
  isWatched = true;
  process.on('uncaughtException', onUncaught);
  // Without a reader or a terminal there is nobody to be told: the work goes on.
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (hasGone(error)) return;
    tell(`scim-conformance: standard output could not be written: ${error.message}`);
    process.exitCode = 2;
    isOutputBroken = true;
  });
  process.on('exit', (code) => {
    if (code === nothingLeft || isOutputBroken) process.exitCode = 2;
  });
};

/** While a run goes on, an unexpected error ends the run and not the process. Returns a function that ends this. */
export const guardRun = (end: () => void): (() => void) => {
  endRun = end;
  return () => {
    endRun = undefined;
  };
};
