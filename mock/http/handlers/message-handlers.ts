/** Handler for messages over HTTP (profile MSGQ-01): each becomes an asynchronous request with a status resource. */
import { acceptMessage, type IncomingMessage } from '../../integration/messages/accept-message.js';
import type { Answer } from '../answer.js';
import type { HandlerContext } from '../context.js';
import { requestIdOf } from '../write-request.js';
import { acceptedAnswer } from './status-handlers.js';

/** `requestId` is the value of X-Request-ID. Rejects with a Problem of 400 if it is not valid, and as `acceptMessage` does. */
export const answerMessage = async (request: IncomingMessage, context: HandlerContext): Promise<Answer> => {
  const job = await acceptMessage({ ...request, requestId: requestIdOf(request.requestId) }, context);
  return acceptedAnswer(job, request.client, context);
};
