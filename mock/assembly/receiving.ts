/** Creates the part that takes messages from a broker. */
import { readJson } from '../http/json-body.js';
import { openLink } from '../integration/amqp/link.js';
import { Receiver } from '../integration/amqp/receiver.js';
import { Settling } from '../integration/amqp/settle.js';
import { acceptMessage } from '../integration/messages/accept-message.js';
import { mediaType } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import { handlersOf, type Setup } from './setup.js';
import type { Working } from './working.js';

/** Undefined if no broker is named. */
export const createReceiver = (setup: Setup, { intake }: Pick<Working, 'intake'>): Receiver | undefined => {
  const { broker, environment, settings, seams, primary, baseUrl, onBug } = setup;
  if (broker === undefined) return undefined;
  const { clock } = environment;
  const context = { seams, handlers: handlersOf(settings), settings, intake };
  return new Receiver({
    address: broker,
    open: openLink,
    clock,
    logger: settings.logger,
    settling: new Settling({
      clock,
      read: (content) => {
        if (content.length > settings.maxPayloadBytes)
          throw new Problem(413, `A message has at most ${settings.maxPayloadBytes} bytes.`);
        return readJson(mediaType.json, content);
      },
      accept: (body, requestId) =>
        acceptMessage({ body, client: primary.name, requestId, traceparent: undefined }, context),
      answerOf: (job) => seams.viewStatus(job, baseUrl()),
      onBug,
    }),
  });
};
