/** Where the broker is and which queue is read; and what may be said of it, because the URL holds a password. */
import { AmqpError } from './amqp-error.js';

export interface BrokerAddress {
  /** With the credentials; not to be shown. */
  readonly url: string;
  /** Host and virtual host, without credentials. */
  readonly place: string;
  readonly queue: string;
  /** Where messages go that can never be done. */
  readonly deadQueue: string;
}

/** AMQP allows 255 bytes for the name of a queue (AMQP 0-9-1 §4.2.5.3), and that of the dead one is longer by five. */
const longestName = 250;

/** Throws AmqpError (`amqp-url`, `amqp-queue`). */
export const brokerAddress = (url: string, queue: string): BrokerAddress => {
  if (!/^amqps?:\/\/[^/]/i.test(url) || !URL.canParse(url))
    throw new AmqpError(
      'amqp-url',
      'the URL of a broker begins with amqp:// or amqps://, as in amqp://user:password@host:5672/vhost',
    );
  if (queue === '' || queue.startsWith('amq.') || Buffer.byteLength(queue) > longestName)
    throw new AmqpError(
      'amqp-queue',
      `the name of a queue has 1 to ${longestName} bytes and does not begin with «amq.»: choose another one (amqpQueue)`,
    );
  const { host, pathname } = new URL(url);
  return { url, place: `${host}${pathname}`, queue, deadQueue: `${queue}.dead` };
};

/** The replies of brokers name users and virtual hosts in their text, so that only the code is shown. */
const replyOf = (text: string): string | undefined => /\b\d{3} \([A-Z_-]+\)/.exec(text)?.[0];

const advice: Readonly<Record<string, string>> = {
  '403': 'it refuses the user or the password, or the user may not do this',
  '404': 'what was asked for does not exist',
  '405': 'the queue belongs to another connection',
  '406': 'the queue exists with other arguments: remove it, or choose another name (amqpQueue)',
  '530': 'the virtual host does not exist, or the user may not use it',
};

/** Why the broker cannot be used, as a clause without credentials. */
export const whyAway = (error: unknown): string => {
  if (!(error instanceof Error)) return 'the connection was closed';
  const reply = replyOf(error.message);
  if (reply !== undefined) {
    const known = advice[reply.slice(0, 3)];
    return known === undefined ? `it answered ${reply}` : `${known} (${reply})`;
  }
  if ('code' in error && typeof error.code === 'string') return `the connection failed (${error.code})`;
  return 'the connection was closed, or what answers is no AMQP broker';
};
