/** One connection to a message broker. The client library is loaded only here, because loading takes time. */
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { isJson, type Json } from '../../json.js';
import { AmqpError } from './amqp-error.js';
import { whyAway, type BrokerAddress } from './broker-address.js';

/** A message that the broker has handed out. It comes again, here or elsewhere, unless it is acknowledged or buried. */
export interface Received {
  readonly content: Buffer;
  readonly messageId: string | undefined;
  /** Whether the sender asks for an answer. */
  readonly wantsReply: boolean;
  /** Throws if the connection is gone. */
  readonly ack: () => void;
  /** Puts it back into the queue, at its place. Throws if the connection is gone. */
  readonly requeue: () => void;
  /** Puts it into the dead queue, with the reason, and acknowledges it when it is there. Rejects if the connection is gone. */
  readonly bury: (reason: string) => Promise<void>;
  /** Sends an answer to where the message says, as far as that exists. Throws if the connection is gone. */
  readonly reply: (answer: unknown) => void;
}

export interface Link {
  /** Resolves with a clause that says why, when the connection or the channel has ended. */
  readonly lost: Promise<string>;
  /** Messages that are not acknowledged go back into the queue. Never rejects. */
  readonly close: () => Promise<void>;
}

/** Rejects with an AmqpError. */
export type OpenLink = (address: BrokerAddress, take: (received: Received) => void) => Promise<Link>;

/** Number of messages that one process has at the same time. */
const prefetch = 16;
/** Milliseconds to wait for the broker to answer. */
const patience = 10_000;
/** Characters of a reason. */
const longestReason = 1000;
/** Size of the header fields that are kept with a message; more of them may not fit into a frame. */
const mostHeaderBytes = 16 * 1024;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Those of simple types: others may be of a kind that cannot be sent again. */
const keptFields = (headers: unknown): Json => {
  const fields = Object.entries(isJson(headers) ? headers : {}).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return Buffer.byteLength(JSON.stringify(fields)) <= mostHeaderBytes ? Object.fromEntries(fields) : {};
};

const named = (name: 'contentType' | 'correlationId' | 'messageId', value: string | undefined) =>
  value === undefined ? {} : { [name]: value };

/** Resolves when the broker has the message on its disk. */
const send = (
  channel: ConfirmChannel,
  queue: string,
  content: Buffer,
  properties: Parameters<ConfirmChannel['sendToQueue']>[2],
): Promise<void> =>
  new Promise((resolve, reject) => {
    channel.sendToQueue(queue, content, { ...properties, persistent: true }, (error: unknown) => {
      if (error === null || error === undefined) resolve();
      else reject(new Error('the broker did not confirm a message'));
    });
  });

const bury = async (
  channel: ConfirmChannel,
  { content, properties }: ConsumeMessage,
  { queue, deadQueue }: BrokerAddress,
  reason: string,
): Promise<void> => {
  // Whoever empties the dead queue may also have removed it, and what is sent to no queue is lost.
  await channel.assertQueue(deadQueue, { durable: true });
  await send(channel, deadQueue, content, {
    ...named('contentType', text(properties.contentType)),
    ...named('correlationId', text(properties.correlationId)),
    ...named('messageId', text(properties.messageId)),
    headers: {
      ...keptFields(properties.headers),
      'x-dead-reason': reason.slice(0, longestReason),
      'x-dead-from': queue,
    },
  });
};

const receivedOf = (channel: ConfirmChannel, message: ConsumeMessage, address: BrokerAddress): Received => {
  const { content, properties } = message;
  const messageId = text(properties.messageId);
  const replyTo = text(properties.replyTo);
  const correlationId = text(properties.correlationId) ?? messageId;
  return {
    content,
    messageId,
    wantsReply: replyTo !== undefined,
    ack: () => channel.ack(message),
    requeue: () => channel.nack(message, false, true),
    bury: async (reason) => {
      await bury(channel, message, address, reason);
      channel.ack(message);
    },
    reply: (answer) => {
      if (replyTo === undefined) return;
      const body = Buffer.from(JSON.stringify(answer));
      channel.sendToQueue(replyTo, body, {
        contentType: 'application/json',
        ...named('correlationId', correlationId),
      });
    },
  };
};

export const openLink: OpenLink = async (address, take) => {
  const { queue, deadQueue, place, url } = address;
  const { connect } = await import('amqplib');
  const connection = await connect(url, { timeout: patience, keepAlive: true, noDelay: true }).catch(
    (error: unknown) => {
      throw new AmqpError('amqp-unreachable', `the message broker ${place} cannot be used: ${whyAway(error)}`);
    },
  );
  let end: (why: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => (end = resolve));
  connection.on('error', (error) => end(whyAway(error)));
  connection.on('close', (error) => end(whyAway(error)));
  // It rejects if the connection has ended already.
  const close = (): Promise<void> => connection.close().catch(() => undefined);
  try {
    const channel = await connection.createConfirmChannel();
    channel.on('error', (error) => end(whyAway(error)));
    channel.on('close', () => end('the channel was closed'));
    await channel.assertQueue(deadQueue, { durable: true });
    await channel.assertQueue(queue, { durable: true });
    await channel.prefetch(prefetch);
    await channel.consume(queue, (message) => {
      if (message === null) end('the queue was removed');
      else take(receivedOf(channel, message, address));
    });
  } catch (error) {
    await close();
    throw new AmqpError(
      'amqp-queue',
      `the queues ${queue} and ${deadQueue} of ${place} cannot be used: ${whyAway(error)}`,
    );
  }
  return { lost, close };
};
