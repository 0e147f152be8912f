import t from 'tap';
import { BodyBudget } from '../../../suites/client/body-budget.js';
import type { OpenPushServer, PushDelivery, PushReply } from '../../../suites/environment/push-server.js';
import { Inbox } from '../../../suites/session/observe/inbox.js';
import { PushReceiver } from '../../../suites/session/observe/push-receiver.js';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = `${part({ alg: 'none' })}.${part({ jti: '1', txn: 'x' })}.`;

const open = async (
  bodies = new BodyBudget(),
): Promise<{ receiver: PushReceiver; inbox: Inbox; push: (delivery: PushDelivery) => Promise<PushReply> }> => {
  let push: ((delivery: PushDelivery) => Promise<PushReply>) | undefined;
  const openPushServer: OpenPushServer = (_, receive) => {
    push = receive;
    return Promise.resolve({ url: 'http://suite/events', close: () => Promise.resolve() });
  };
  const inbox = new Inbox();
  const redact = (text: string): string => text.replaceAll('secret', '{{primary}}');
  const receiver = new PushReceiver({ port: 0, inbox, redact, bodies, elapsed: () => 5 });
  t.equal(await receiver.start(openPushServer), 'http://suite/events');
  if (push === undefined) throw new Error('nothing was opened');
  return { receiver, inbox, push };
};

const delivery: PushDelivery = {
  method: 'POST',
  path: '/events?secret',
  headers: [
    ['Authorization', 'Bearer mine'],
    ['X', 'secret'],
  ],
  body: jwt,
};

void t.test('a delivery is accepted, and recorded without what is secret', async (t) => {
  const { inbox, push } = await open();
  t.strictSame(await push(delivery), { status: 202, headers: [], body: '' });
  t.match(inbox.of('x'), [
    {
      via: 'push',
      token: { jwt, claims: { txn: 'x' } },
      exchange: {
        at: 5,
        request: {
          url: 'http://127.0.0.1/events?{{primary}}',
          headers: [
            ['Authorization', '{{push-credential}}'],
            ['X', '{{primary}}'],
          ],
          body: jwt,
        },
        response: { status: 202 },
      },
    },
  ]);
});

void t.test('a delivery is answered as the policy says', async (t) => {
  const { receiver, push } = await open();
  receiver.answerBy(() => ({ status: 400, body: { err: 'invalid_request', description: 'no' } }));
  t.strictSame(await push(delivery), {
    status: 400,
    headers: [['Content-Type', 'application/json']],
    body: '{"err":"invalid_request","description":"no"}',
  });
});

void t.test('another method is refused, and so is what is too long, which may hide what is waited for', async (t) => {
  const { receiver, inbox, push } = await open(new BodyBudget(1000));
  t.equal((await push({ ...delivery, method: 'GET' })).status, 405);
  t.equal(receiver.hasLostTokens, false);
  const parts = async function* (): AsyncGenerator<Uint8Array> {
    for (let place = 0; place < 3; place += 1) yield await Promise.resolve(Buffer.alloc(400, 'x'));
  };
  t.equal((await push({ ...delivery, body: parts() })).status, 413);
  t.equal((await push({ ...delivery, body: 'x'.repeat(1001) })).status, 413);
  t.equal(receiver.hasLostTokens, true);
  t.strictSame(inbox.all(), []);
});
