/** Reads a resource again and again while it is written, because a read may show half of a write, or none for a moment. */
import type { Session } from '../../session/session.js';
import type { Step } from '../../trace/step.js';

/** Reads the resource at this path until `over` aborts, but no more than `most` times; `pauseMs`: milliseconds in between. */
export const watchResource = async (
  session: Session,
  path: string,
  about: { readonly variant: Step; readonly most: number; readonly pauseMs: number; readonly over: AbortSignal },
): Promise<void> => {
  const { variant, most, pauseMs, over } = about;
  for (let reads = 0; reads < most && !over.aborted; reads += 1) {
    await session.attempt({ method: 'GET', url: path, purpose: 'read', variant, subject: path });
    await session.pause(pauseMs);
  }
};
