/** Queues for tests: on the broker of AMQP_URL if it is set, else on one that listens at the usual port of this machine. */
import { randomUUID } from 'node:crypto';
import { connect, type Channel, type GetMessage, type Options } from 'amqplib';

export interface TestBroker {
  readonly url: string;
  /** The name of a new queue, which exists; its dead queue does, too. */
  readonly newQueue: () => Promise<string>;
  readonly send: (queue: string, content: string, properties?: Options.Publish) => void;
  /** Takes the next message out of the queue; waits until there is one. */
  readonly next: (queue: string) => Promise<GetMessage>;
  /** Number of messages that wait in the queue and that nobody has. */
  readonly waiting: (queue: string) => Promise<number>;
  readonly remove: (queue: string) => Promise<void>;
  readonly exists: (queue: string) => Promise<boolean>;
  /** Replaces the queue by one with other arguments. */
  readonly redeclare: (queue: string) => Promise<void>;
  /** Removes the queues. */
  readonly end: () => Promise<void>;
}

const brokerOf = async (url: string): Promise<TestBroker> => {
  const connection = await connect(url, { timeout: 5000 });
  const channel: Channel = await connection.createChannel();
  const queues: string[] = [];
  return {
    url,
    newQueue: async () => {
      const queue = `scim.test.${randomUUID()}`;
      for (const name of [queue, `${queue}.dead`]) {
        await channel.assertQueue(name, { durable: true });
        queues.push(name);
      }
      return queue;
    },
    send: (queue, content, properties = {}) =>
      void channel.sendToQueue(queue, Buffer.from(content), { persistent: true, ...properties }),
    next: async (queue) => {
      for (;;) {
        const message = await channel.get(queue, { noAck: true });
        if (message !== false) return message;
      }
    },
    waiting: async (queue) => (await channel.checkQueue(queue)).messageCount,
    remove: async (queue) => {
      await channel.deleteQueue(queue);
    },
    exists: async (queue) => {
      // The question ends the channel if there is no such queue.
      const asking = await connection.createChannel();
      asking.on('error', () => undefined);
      try {
        await asking.checkQueue(queue);
        await asking.close();
        return true;
      } catch {
        return false;
      }
    },
    redeclare: async (queue) => {
      await channel.deleteQueue(queue);
      await channel.assertQueue(queue, { durable: true, maxLength: 5 });
    },
    end: async () => {
      for (const queue of queues) await channel.deleteQueue(queue);
      await connection.close();
    },
  };
};

/** A sentence on why there is none on this machine, or the broker. */
export const openBroker = async (): Promise<TestBroker | string> => {
  const given = process.env.AMQP_URL;
  try {
    return await brokerOf(given ?? 'amqp://guest:guest@127.0.0.1:5672');
  } catch (error) {
    // A broker that was named has to be there.
    if (given !== undefined) throw error;
    return `there is no message broker: ${error instanceof Error ? error.message : String(error)}`;
  }
};
