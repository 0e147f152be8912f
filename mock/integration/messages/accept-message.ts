/**
 * Takes a message, whether it came over HTTP or from a broker (profile MSGQ-01): checks it, asks its handler for operations,
 * and makes them one asynchronous request.
 */
import { requestMode } from '../../../schemas/names.js';
import { validate } from '../../../schemas/validators.js';
import type { Job } from '../../job.js';
import type { Intake } from '../../jobs/intake.js';
import type { MessageHandlers } from '../../message-handler.js';
import type { Settings } from '../../options.js';
import { Problem } from '../../problem.js';
import type { MessageSeams } from './message-seams.js';

export interface IncomingMessage {
  readonly body: unknown;
  /** Name of the client whose request it becomes. */
  readonly client: string;
  /** With the same one, a message is taken once; undefined if the sender gave none. */
  readonly requestId: string | undefined;
  /** Its span; undefined if it is not traced. */
  readonly traceparent: string | undefined;
}

export interface MessageContext {
  readonly seams: Pick<MessageSeams, 'readMessage'>;
  readonly handlers: MessageHandlers;
  readonly settings: Pick<Settings, 'features' | 'maxOperations'>;
  readonly intake: Pick<Intake, 'accept'>;
}

/**
 * Resolves when the request is accepted, with a new job or the earlier one. Rejects with a Problem: 400 if the message is not
 * valid or no handler knows its operation, 413 if it becomes too much, those of `Intake.accept`, and those of the handler.
 */
export const acceptMessage = async (
  { body, client, requestId, traceparent }: IncomingMessage,
  { seams, handlers, settings, intake }: MessageContext,
): Promise<Job> => {
  const validation = validate('async/queue-message', seams.readMessage(body));
  if (!validation.valid) {
    const [first] = validation.violations;
    throw new Problem(400, `Not a valid message: ${first?.path ?? ''} ${first?.message ?? ''}.`, 'invalidValue');
  }
  const message = validation.value;
  const handler = Object.hasOwn(handlers, message.operation) ? handlers[message.operation] : undefined;
  if (handler === undefined)
    throw new Problem(400, `The operation is one of ${Object.keys(handlers).join(', ')}.`, 'invalidValue');
  const operations = await handler(message);
  const obeysPriority = settings.features.includes('priority');
  if (operations.length > settings.maxOperations)
    throw new Problem(413, `A message becomes at most ${settings.maxOperations} operations.`);
  return intake.accept({
    client,
    requestId,
    method: 'POST',
    path: '/integration/messages',
    body,
    bytes: Buffer.byteLength(JSON.stringify(operations)),
    operations,
    isBulk: true,
    mode: requestMode.asynchronous,
    failOnErrors: undefined,
    options: obeysPriority && message.priority !== undefined ? { priority: message.priority } : {},
    traceparent,
  });
};
