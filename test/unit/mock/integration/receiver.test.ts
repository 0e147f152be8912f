import t from 'tap';
import type { Clock } from '../../../../mock/clock.js';
import { AmqpError } from '../../../../mock/integration/amqp/amqp-error.js';
import { brokerAddress } from '../../../../mock/integration/amqp/broker-address.js';
import type { Link, OpenLink, Received } from '../../../../mock/integration/amqp/link.js';
import { Receiver } from '../../../../mock/integration/amqp/receiver.js';

const address = brokerAddress('amqp://broker.example', 'work');

/** A connection that ends when it is told to. */
const newLink = (): Link & { readonly lose: () => void; readonly closed: () => boolean } => {
  let lose = (): void => undefined;
  let isClosed = false;
  const lost = new Promise<string>((resolve) => (lose = () => resolve('the connection failed')));
  return {
    lost,
    lose: () => lose(),
    closed: () => isClosed,
    close: () => {
      isClosed = true;
      return Promise.resolve();
    },
  };
};

/** Does not wait for deadlines, which are of a second, and for nothing else longer than a turn. */
const quickClock = (): Clock & { readonly waits: number[] } => {
  const waits: number[] = [];
  return {
    waits,
    now: () => 0,
    sleep: (ms, signal) => {
      if (ms === 1000) return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
      waits.push(ms);
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
};

const message: Received = {
  content: Buffer.from(''),
  messageId: undefined,
  wantsReply: false,
  ack: () => undefined,
  requeue: () => undefined,
  bury: () => Promise.resolve(),
  reply: () => undefined,
};

void t.test('after a loss it connects again, for ever, with waits that grow up to 30 seconds', async (t) => {
  const clock = quickClock();
  const first = newLink();
  const last = newLink();
  let opened = 0;
  let isBack = (): void => undefined;
  const back = new Promise<void>((resolve) => (isBack = resolve));
  const open: OpenLink = () => {
    opened += 1;
    if (opened === 1) return Promise.resolve(first);
    if (opened < 12) return Promise.reject(new AmqpError('amqp-unreachable', 'away'));
    isBack();
    return Promise.resolve(last);
  };
  const settling = { settle: () => Promise.resolve() };
  const receiver = new Receiver({ address, open, clock, settling, logger: undefined });
  await receiver.start();
  first.lose();
  await back;
  t.strictSame(clock.waits, [200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000, 30_000]);
  t.ok(first.closed(), 'what was left of the first one is closed');
  await receiver.stop();
  t.ok(last.closed());
});

void t.test('a broker that cannot be used at the start is an error', async (t) => {
  const open: OpenLink = () => Promise.reject(new AmqpError('amqp-unreachable', 'away'));
  const settling = { settle: () => Promise.resolve() };
  const receiver = new Receiver({ address, open, clock: quickClock(), settling, logger: undefined });
  await t.rejects(receiver.start(), { code: 'amqp-unreachable' });
  await receiver.stop();
});

void t.test('stopping waits for the message in progress, and takes no other', async (t) => {
  const link = newLink();
  let take: (received: Received) => void = () => undefined;
  const open: OpenLink = (_address, taking) => {
    take = taking;
    return Promise.resolve(link);
  };
  let settle = (): void => undefined;
  let taken = 0;
  const settling = {
    settle: () => {
      taken += 1;
      return new Promise<void>((resolve) => (settle = resolve));
    },
  };
  const receiver = new Receiver({ address, open, clock: quickClock(), settling, logger: undefined });
  await receiver.start();
  take(message);
  const stopped = receiver.stop();
  take(message);
  t.equal(taken, 1);
  t.notOk(link.closed());
  settle();
  await stopped;
  t.ok(link.closed());
});

void t.test('a connection over which a message cannot be settled is closed, so that it comes again', async (t) => {
  const link = newLink();
  let take: (received: Received) => void = () => undefined;
  const open: OpenLink = (_address, taking) => {
    take = taking;
    return Promise.resolve(link);
  };
  const settling = { settle: () => Promise.reject(new Error('no acknowledgement')) };
  const receiver = new Receiver({ address, open, clock: quickClock(), settling, logger: undefined });
  await receiver.start();
  take(message);
  while (!link.closed()) await new Promise((resolve) => setImmediate(resolve));
  t.ok(link.closed());
  await receiver.stop();
});
