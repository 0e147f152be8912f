import t from 'tap';
import { AmqpError } from '../../../../mock/integration/amqp/amqp-error.js';
import { brokerAddress, whyAway } from '../../../../mock/integration/amqp/broker-address.js';

void t.test('the place of a broker is named without credentials', (t) => {
  t.strictSame(brokerAddress('amqp://user:password@broker.example:5672/vhost?heartbeat=5', 'work'), {
    url: 'amqp://user:password@broker.example:5672/vhost?heartbeat=5',
    place: 'broker.example:5672/vhost',
    queue: 'work',
    deadQueue: 'work.dead',
  });
  t.match(brokerAddress('AMQPS://broker.example', 'work'), { place: 'broker.example' });
  t.end();
});

void t.test('what is no URL of a broker or no name of a queue is refused, without showing it', (t) => {
  for (const url of ['https://user:hidden@broker.example', 'amqp://', 'amqp:///vhost', 'amqp://user:hidden@:x', '']) {
    const wrong = (): unknown => brokerAddress(url, 'work');
    t.throws(wrong, { name: 'AmqpError', code: 'amqp-url' }, url);
    t.throws(wrong, /^(?!.*hidden)/);
  }
  for (const queue of ['', 'amq.work', 'x'.repeat(251), 'ä'.repeat(126)])
    t.throws(() => brokerAddress('amqp://broker.example', queue), { name: 'AmqpError', code: 'amqp-queue' }, queue);
  t.equal(new AmqpError('amqp-url', 'why').cause, undefined);
  t.end();
});

void t.test('why a broker is away is said by its code, because its text names users', (t) => {
  const coded = (code: string): Error => Object.assign(new Error('connect user:hidden'), { code });
  t.strictSame(
    [
      new Error('Handshake terminated by server: 403 (ACCESS-REFUSED) with message "refused for user \'hidden\'"'),
      new Error('Connection closed: 320 (CONNECTION-FORCED) with message "hidden"'),
      coded('ECONNRESET'),
      new Error('hidden'),
      undefined,
    ].map(whyAway),
    [
      'it refuses the user or the password, or the user may not do this (403 (ACCESS-REFUSED))',
      'it answered 320 (CONNECTION-FORCED)',
      'the connection failed (ECONNRESET)',
      'the connection was closed, or what answers is no AMQP broker',
      'the connection was closed',
    ],
  );
  t.end();
});
