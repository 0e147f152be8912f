/** Opens the servers at which the provider can reach the suite: for security event tokens (RFC 8935), and for webhooks. */
import type { RunEnvironment } from '../environment/environment.js';
import type { PushPlace } from '../environment/push-server.js';
import { SelectionError } from '../errors/errors.js';
import { PushReceiver } from '../session/observe/push-receiver.js';
import { WebhookReceiver } from '../session/observe/webhook-receiver.js';
import type { RunContext } from '../session/run-context.js';
import { markOf } from '../leftovers/ownership.js';
import type { RunOptions } from './run-options.js';

/** So many characters cannot be guessed, if they are random. */
const secretLength = 16;

/**
 * The URL and the path of the receiver. The path cannot be guessed, so that whoever knows it was told by the user. If the
 * last part of the public URL is long enough, the user has chosen it so, and nothing is added.
 */
const placeOf = (
  publicUrl: string | undefined,
  randomBytes: RunEnvironment['randomBytes'],
): Pick<PushPlace, 'publicUrl' | 'path'> & { readonly secret: string } => {
  const own = publicUrl === undefined ? '' : (new URL(publicUrl).pathname.split('/').at(-1) ?? '');
  if (publicUrl !== undefined && own.length >= secretLength) return { publicUrl, path: '', secret: own };
  const secret = Buffer.from(randomBytes(16)).toString('base64url');
  return publicUrl === undefined
    ? { path: `/events/${secret}`, secret }
    : { publicUrl: publicUrl.replace(/\/+$/, ''), path: `/${secret}`, secret };
};

/** Rejects with SelectionError if its port is taken. */
export const openReceiver = async (
  context: RunContext,
  push: RunOptions['setPush'],
  { openPushServer, randomBytes }: RunEnvironment,
): Promise<void> => {
  if (push === undefined) return;
  const { events, vault, bodies, clock, startedAt } = context;
  const receiver = new PushReceiver({
    port: push.port,
    ...placeOf(push.publicUrl, randomBytes),
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

/** Rejects with SelectionError if its port is taken. */
export const openWebhooks = async (
  context: RunContext,
  webhooks: RunOptions['webhooks'],
  { openPushServer, randomBytes }: RunEnvironment,
): Promise<void> => {
  if (webhooks === undefined) return;
  const { events, vault, bodies, clock, startedAt } = context;
  // The path is registered with the provider, so that it is always made for this run.
  const secret = Buffer.from(randomBytes(16)).toString('base64url');
  const { port, publicUrl } = webhooks;
  const receiver = new WebhookReceiver({
    port,
    ...(publicUrl === undefined
      ? { path: `/webhooks/${secret}` }
      : { publicUrl: publicUrl.replace(/\/+$/, ''), path: `/${secret}` }),
    secret,
    mark: markOf(context.run),
    redact: (text) => vault.redact(text),
    bodies,
    clock,
    elapsed: () => clock.now() - startedAt,
  });
  await receiver.start(openPushServer).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new SelectionError(
      'port-taken',
      `Port ${port} cannot receive deliveries to webhooks: ${why}. Choose another, or 0 for a free one.`,
    );
  });
  events.webhooks = receiver;
};
