/** Opens the server to which the provider can push security event tokens (RFC 8935). */
import type { RunEnvironment } from '../environment/environment.js';
import { SelectionError } from '../errors/errors.js';
import { PushReceiver } from '../session/observe/push-receiver.js';
import type { RunContext } from '../session/run-context.js';
import type { RunOptions } from './run-options.js';

/** Rejects with SelectionError if its port is taken. */
export const openReceiver = async (
  context: RunContext,
  push: RunOptions['setPush'],
  { openPushServer }: RunEnvironment,
): Promise<void> => {
  if (push === undefined) return;
  const { events, vault, bodies, clock, startedAt } = context;
  const receiver = new PushReceiver({
    port: push.port,
    ...(push.publicUrl === undefined ? {} : { publicUrl: push.publicUrl }),
    inbox: events.inbox,
    redact: (text) => vault.redact(text),
    bodies,
    elapsed: () => clock.now() - startedAt,
  });
  const url = await receiver.start(openPushServer).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new SelectionError(
      'port-taken',
      `Port ${push.port} cannot receive security event tokens: ${why}. Choose another, or 0 for a free one.`,
    );
  });
  events.receiver = receiver;
  push.onListening?.(url);
};
