/** Writes to a named pipe. Opening it in the usual way would block this process until somebody reads. */
import { constants, open } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Milliseconds: how long a reader may take to open the pipe, and how often it is looked for. */
const patience = { longest: 10_000, between: 50 };

const openDescriptor = promisify(open);

const hasNoReader = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENXIO';

/** Rejects if nobody reads the pipe. */
export const openPipe = async (file: string): Promise<Socket> => {
  const until = performance.now() + patience.longest;
  for (;;) {
    try {
      const fd = await openDescriptor(file, constants.O_WRONLY | constants.O_NONBLOCK);
      return new Socket({ fd, readable: false, writable: true });
    } catch (error) {
      if (!hasNoReader(error)) throw error;
      if (performance.now() > until) throw new Error(`nobody reads from this pipe`, { cause: error });
      await sleep(patience.between);
    }
  }
};
