/** Handler for messages over HTTP (profile MSGQ-01): each becomes an asynchronous request with a status resource. */
import { requestMode } from '../../../schemas/names.js';
import { validate } from '../../../schemas/validators.js';
import { Problem } from '../../problem.js';
import type { Answer } from '../answer.js';
import type { HandlerContext } from '../context.js';
import { requestIdOf } from '../write-request.js';
import { acceptedAnswer } from './status-handlers.js';

export interface MessageRequest {
  readonly body: unknown;
  readonly client: string;
  /** Value of X-Request-ID; undefined if it is absent. */
  readonly requestId: string | undefined;
  /** Its span; undefined if it is not traced. */
  readonly traceparent: string | undefined;
}

/** Rejects with a Problem of 400 if the message is not valid or no handler knows its operation. */
export const answerMessage = async (
  { body, client, requestId, traceparent }: MessageRequest,
  context: HandlerContext,
): Promise<Answer> => {
  const { seams, handlers, settings, intake } = context;
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
  const job = await intake.accept({
    client,
    requestId: requestIdOf(requestId),
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
  return acceptedAnswer(job, client, context);
};
