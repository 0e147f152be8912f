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
  const openPushServer: OpenPushServer = ({ path }, receive) => {
    push = receive;
    return Promise.resolve({ url: `http://suite${path}`, close: () => Promise.resolve() });
  };
  const inbox = new Inbox();
  const redact = (text: string): string => text.replaceAll('secret', '{{primary}}');
  const receiver = new PushReceiver({
    port: 0,
    path: '/events/way-in',
    secret: 'way-in',
    inbox,
    redact,
    bodies,
    elapsed: () => 5,
  });
  t.equal(await receiver.start(openPushServer), 'http://suite/events/way-in');
  if (push === undefined) throw new Error('nothing was opened');
  return { receiver, inbox, push };
};

const delivery: PushDelivery = {
  method: 'POST',
  path: '/events/way-in?secret',
  headers: [
    ['content-type', 'Application/SecEvent+JWT; charset=utf-8'],
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
          url: 'http://127.0.0.1/events/{{push-path}}?{{primary}}',
          headers: [
            ['content-type', 'Application/SecEvent+JWT; charset=utf-8'],
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

void t.test('whoever does not know the path is turned away, and nothing of it is kept', async (t) => {
  const { receiver, inbox, push } = await open();
  for (const path of ['/events', '/', '/events/way-in/', '/way-ins', '/events/other?way-in'])
    t.equal((await push({ ...delivery, path })).status, 404, path);
  t.equal((await push({ ...delivery, path: '/behind/a/proxy/way-in' })).status, 202);
  t.equal(inbox.all().length, 1);
  t.equal(receiver.hasLostTokens, false);
});

const json = ['Content-Type', 'application/json'] as const;

const malformed: Record<string, Partial<PushDelivery>> = {
  'another content type': { headers: [[...json]] },
  'no content type': { headers: [] },
  'plain claims': { body: '{"iss":"x"}' },
  'no claims': { body: 'a.b.c' },
  nothing: { body: '' },
};

for (const [what, part] of Object.entries(malformed)) {
  void t.test(`${what}: refused with 400 and a code (RFC 8935 §2.4), and kept as evidence`, async (t) => {
    const { receiver, inbox, push } = await open();
    const seen: unknown[] = [];
    receiver.answerBy(({ claims }) => {
      seen.push(claims?.txn);
      return { status: 503 };
    });
    const reply = await push({ ...delivery, ...part });
    t.equal(reply.status, 400);
    t.strictSame(reply.headers, [[...json]]);
    t.match(JSON.parse(reply.body), { err: 'invalid_request', description: / was expected/ });
    t.match(inbox.all(), [{ via: 'push', isRefused: true, exchange: { response: { status: 400 } } }]);
    t.equal(seen.length, 1, 'who waits for the token learns that it came');
  });
}

void t.test('of deliveries at the same time only some are taken', async (t) => {
  const { receiver, inbox, push } = await open();
  let goOn = (): void => undefined;
  const held = new Promise<undefined>((resolve) => {
    goOn = () => {
      resolve(undefined);
    };
  });
  receiver.answerBy(() => held);
  const replies = Array.from({ length: 70 }, () => push(delivery));
  goOn();
  const statuses = (await Promise.all(replies)).map(({ status }) => status);
  t.strictSame([...new Set(statuses)].sort(), [202, 503]);
  t.equal(inbox.all().length, 64);
  t.equal(receiver.hasLostTokens, true);
  t.equal((await push(delivery)).status, 202, 'and afterwards others');
});

void t.test('of a body without an end only so much is read as may be kept', async (t) => {
  const { push } = await open(new BodyBudget(1000));
  let sent = 0;
  const endless = async function* (): AsyncGenerator<Uint8Array> {
    for (;;) {
      sent += 400;
      yield await Promise.resolve(Buffer.alloc(400, 'x'));
    }
  };
  t.equal((await push({ ...delivery, body: endless() })).status, 413);
  t.equal(sent, 1200);
});
