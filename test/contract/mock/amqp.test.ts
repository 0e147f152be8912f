import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import { Problem, startMock, type Mock, type StartOptions } from '../../../mock/index.js';
import { withDefaults } from '../../../mock/options.js';
import type { Acceptance, Ports } from '../../../mock/ports.js';
import { createMemoryPorts } from '../../../mock/store/memory/memory-ports.js';
import { StoreAway } from '../../../mock/store/store-error.js';
import { systemEnvironment } from '../../../mock/system-environment.js';
import { openBroker, type TestBroker } from '../../harness/broker.js';
import { wayTo } from '../../harness/cuttable-way.js';
import { openDatabases, type Databases } from '../../harness/databases.js';
import { clientOf, untilCompleted, user } from './client.js';

t.setTimeout(120_000);

const message = { operation: 'SYNC_AD', source: 'active-directory', target: 'cloud-services' };
const text = JSON.stringify(message);

/** Each message creates one more user, so that one that is taken twice is seen. */
const counting = (before: () => unknown = () => undefined): NonNullable<StartOptions['handlers']> => ({
  SYNC_AD: async () => {
    await before();
    return [{ method: 'POST', path: '/Users', data: user() }];
  },
});

const start = async (t: Test, options: StartOptions): Promise<Mock> => {
  const mock = await startMock({ operationMillis: 0, retryAfterSeconds: 0, ...options });
  t.teardown(() => mock.stop());
  return mock;
};

/** Waits until the mock has done what it accepted and has so many users. */
const untilUsers = async (mock: Mock, users: number): Promise<void> => {
  for (;;) {
    const { users: found, pending } = await mock.snapshot();
    if (found >= users && pending === 0) return;
    await turn();
  }
};

/** Ports of which `accept` first does what is said here, and afterwards what it always does. */
const acceptingAfter = (...first: readonly (() => Promise<Acceptance>)[]): Ports => {
  const ports = createMemoryPorts({
    environment: systemEnvironment,
    newId: systemEnvironment.newId,
    settings: withDefaults({}),
  });
  const { jobs } = ports;
  const accept = jobs.accept.bind(jobs);
  const left = [...first];
  jobs.accept = (order) => (left.shift() ?? (() => accept(order)))();
  return ports;
};

const ofTaking = (broker: TestBroker): void => {
  const { url: amqp, newQueue, send, next, waiting } = broker;

  void t.test('a message becomes a request of the first client, and is done', async (t) => {
    const amqpQueue = await newQueue();
    const replyTo = await newQueue();
    const mock = await start(t, { amqp, amqpQueue });
    send(amqpQueue, text, { messageId: 'message-1', replyTo });
    const { content, properties } = await next(replyTo);
    t.equal(properties.correlationId, 'message-1');
    const { meta } = JSON.parse(content.toString()) as { meta: { location: string } };
    const client = clientOf(mock);
    t.match(await untilCompleted(client, meta.location), { state: 'completed', Operations: [{ status: '201' }] });
    t.equal((await client('GET', meta.location, { as: 'second' })).status, 404);
    t.same([await waiting(amqpQueue), await waiting(`${amqpQueue}.dead`)], [0, 0]);
  });

  void t.test('a message is acknowledged only when its request was accepted', async (t) => {
    const amqpQueue = await newQueue();
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const never = (): Promise<Acceptance> => {
      asked();
      return new Promise(() => undefined);
    };
    const mock = await startMock({ amqp, amqpQueue, ports: acceptingAfter(never) });
    send(amqpQueue, text);
    await isAsked;
    t.equal(await waiting(amqpQueue), 0, 'the mock has it');
    await mock.stop();
    t.match((await next(amqpQueue)).content.toString(), text, 'it is back');
  });

  void t.test('while the store is away or the queue is full, a message waits', async (t) => {
    const amqpQueue = await newQueue();
    const away = () => Promise.reject(new StoreAway('the store does not answer now'));
    const full = () => Promise.resolve({ kind: 'full' } as const);
    const mock = await start(t, { amqp, amqpQueue, ports: acceptingAfter(away, full, away), handlers: counting() });
    send(amqpQueue, text);
    await untilUsers(mock, 1);
    t.same([await waiting(amqpQueue), await waiting(`${amqpQueue}.dead`)], [0, 0]);
  });

  void t.test('what can never be done goes to the dead queue, with the reason', async (t) => {
    const amqpQueue = await newQueue();
    await start(t, {
      amqp,
      amqpQueue,
      maxPayloadBytes: 1000,
      maxOperations: 2,
      handlers: {
        SYNC_HR: () => Promise.reject(new Problem(422, 'There is no such source.')),
        SYNC_CLOUD: () =>
          Promise.resolve(['a', 'b', 'c'].map((name) => ({ method: 'POST', path: '/Users', data: user(name) }))),
      },
    });
    const poison: readonly (readonly [content: string, reason: RegExp, messageId?: string])[] = [
      ['no JSON', /^400 .*not valid JSON/],
      ['', /^400 Not a valid message/],
      [JSON.stringify({ ...message, source: '' }), /^400 Not a valid message: \/source/],
      [JSON.stringify({ ...message, operation: 'SYNC_ELSEWHERE' }), /^400 The operation is one of/],
      [JSON.stringify({ ...message, operation: 'SYNC_HR' }), /^422 There is no such source/],
      [JSON.stringify({ ...message, operation: 'SYNC_CLOUD' }), /^413 A message becomes at most 2 operations/],
      [JSON.stringify({ ...message, source: 'x'.repeat(1000) }), /^413 A message has at most 1000 bytes/],
      [text, /^400 messageId/, 'with a space'],
    ];
    for (const [content, reason, messageId] of poison) {
      send(amqpQueue, content, { headers: { trace: 'kept' }, ...(messageId === undefined ? {} : { messageId }) });
      const dead = await next(`${amqpQueue}.dead`);
      t.equal(dead.content.toString(), content);
      t.equal(dead.properties.messageId, messageId);
      t.match(dead.properties.headers, { 'x-dead-reason': reason, 'x-dead-from': amqpQueue, trace: 'kept' });
    }
    t.equal(await waiting(amqpQueue), 0);
  });

  void t.test('the same messageId is taken once, and with another content it is refused', async (t) => {
    const amqpQueue = await newQueue();
    const mock = await start(t, { amqp, amqpQueue, handlers: counting() });
    send(amqpQueue, text, { messageId: 'message-1' });
    send(amqpQueue, text, { messageId: 'message-1' });
    send(amqpQueue, JSON.stringify({ ...message, source: 'other' }), { messageId: 'message-1' });
    const dead = await next(`${amqpQueue}.dead`);
    t.match(dead.properties.headers, { 'x-dead-reason': /^409 / });
    send(amqpQueue, text, { messageId: 'message-2' });
    await untilUsers(mock, 2);
    t.match(await mock.snapshot(), { users: 2, statuses: 2 });
  });
};

const ofLosing = (broker: TestBroker): void => {
  const { url: amqp, newQueue, send, waiting } = broker;
  const { hostname, port } = new URL(amqp);

  /** The URL of the broker over a way that can be cut. */
  const wayToBroker = async (t: Test) => {
    const way = await wayTo(hostname, Number(port || '5672'));
    t.teardown(() => way.cut());
    const url = new URL(amqp);
    url.hostname = '127.0.0.1';
    url.port = String(way.port);
    return { ...way, url: url.href };
  };

  void t.test(
    'a connection that breaks before the acknowledgement is made again, and the message is done once',
    async (t) => {
      const amqpQueue = await newQueue();
      const way = await wayToBroker(t);
      let cuts = 0;
      const cutOnce = async (): Promise<void> => {
        cuts += 1;
        if (cuts === 1) await way.cut();
      };
      const lines: string[] = [];
      const logger = pino(
        new Writable({
          write: (chunk: Buffer, _encoding, done) => {
            lines.push(chunk.toString());
            done();
          },
        }),
      );
      const mock = await start(t, { amqp: way.url, amqpQueue, handlers: counting(cutOnce), logger });
      send(amqpQueue, text, { messageId: 'message-1' });
      await untilUsers(mock, 1);
      await way.join();
      send(amqpQueue, text, { messageId: 'message-2' });
      await untilUsers(mock, 2);
      t.ok(cuts >= 3, 'the first one came again');
      t.match(await mock.snapshot(), { users: 2, statuses: 2 });
      const log = lines.join('');
      t.match(log, /the message broker is away/);
      t.match(log, /the message broker is back/);
      const { username, password } = new URL(amqp);
      for (const secret of [username, password])
        t.notOk(secret !== '' && log.includes(secret), 'the log holds no credential');
    },
  );

  void t.test('a queue that is removed is declared again', async (t) => {
    const amqpQueue = await newQueue();
    const mock = await start(t, { amqp, amqpQueue, handlers: counting() });
    await broker.remove(amqpQueue);
    while (!(await broker.exists(amqpQueue)));
    send(amqpQueue, text);
    await untilUsers(mock, 1);
    t.equal(await waiting(`${amqpQueue}.dead`), 0);
  });
};

const ofRestarting = ({ url: amqp, newQueue, send, waiting }: TestBroker, databases: Databases): void => {
  void t.test('a message that comes again after its mock has stopped is not done twice', async (t) => {
    const amqpQueue = await newQueue();
    const store = await databases.create();
    const { hostname, port } = new URL(amqp);
    const way = await wayTo(hostname, Number(port || '5672'));
    const url = new URL(amqp);
    url.hostname = '127.0.0.1';
    url.port = String(way.port);
    const clients: NonNullable<StartOptions['clients']> = [
      { name: 'primary', token: 'first' },
      { name: 'second', token: 'second' },
    ];
    const first = await startMock({ amqp: url.href, amqpQueue, store, clients, handlers: counting(way.cut) });
    send(amqpQueue, text, { messageId: 'message-1' });
    // It is accepted, and the acknowledgement does not arrive.
    while ((await first.snapshot()).statuses === 0) await turn();
    await first.stop();
    let again = 0;
    const handlers = counting(() => (again += 1));
    const second = await start(t, { amqp, amqpQueue, store, clients, handlers });
    while (again === 0) await turn();
    await untilUsers(second, 1);
    send(amqpQueue, text, { messageId: 'message-2' });
    await untilUsers(second, 2);
    t.match(await second.snapshot(), { users: 2, statuses: 2 });
    t.same([await waiting(amqpQueue), await waiting(`${amqpQueue}.dead`)], [0, 0]);
  });
};

const ofStarting = ({ url: amqp, newQueue, redeclare }: TestBroker): void => {
  void t.test('a broker or a queue that cannot be used is an error that holds no credential', async (t) => {
    const wrong = new URL(amqp);
    wrong.username = 'somebody';
    wrong.password = 'hidden-word';
    const amqpQueue = await newQueue();
    await redeclare(amqpQueue);
    const cases: readonly (readonly [StartOptions, string, RegExp])[] = [
      [{ amqp: wrong.href }, 'amqp-unreachable', /403/],
      [{ amqp, amqpQueue }, 'amqp-queue', /other arguments/],
    ];
    for (const [options, code, reason] of cases) {
      const error: unknown = await startMock(options).catch((thrown: unknown) => thrown);
      t.match(error, { name: 'AmqpError', code, message: reason });
      t.notMatch(String(error), /somebody|hidden-word/);
    }
  });
};

void t.test('a broker that is away is an error when the mock starts', async (t) => {
  const way = await wayTo('127.0.0.1', 1);
  await way.cut();
  const amqp = `amqp://somebody:hidden-word@127.0.0.1:${way.port}/place`;
  const error: unknown = await startMock({ amqp }).catch((thrown: unknown) => thrown);
  const message = `the message broker 127.0.0.1:${way.port}/place cannot be used: the connection failed (ECONNREFUSED)`;
  t.match(error, { name: 'AmqpError', code: 'amqp-unreachable', message });
});

const broker = await openBroker();
if (typeof broker === 'string') void t.test('messages from a broker', { skip: broker }, () => undefined);
else {
  t.teardown(() => broker.end());
  ofTaking(broker);
  ofLosing(broker);
  ofStarting(broker);
  const databases = await openDatabases();
  if (typeof databases === 'string')
    void t.test('messages to mocks that share a store', { skip: databases }, () => undefined);
  else {
    t.teardown(() => databases.end());
    ofRestarting(broker, databases);
  }
}
