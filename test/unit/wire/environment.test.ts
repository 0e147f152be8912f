/** What the suite sends and receives passes the translation, and nothing else does. */
import t from 'tap';
import { BodyBudget } from '../../../suites/client/body-budget.js';
import type { HttpAnswer, HttpRequest } from '../../../suites/client/transport.js';
import type { PushDelivery } from '../../../suites/environment/push-server.js';
import { systemEnvironment } from '../../../suites/environment/system-environment.js';
import { translateEnvironment } from '../../../suites/wire/environment.js';
import { translatorAt } from '../../../schemas/wire/translator.js';
import { renamed } from '../schemas/wire/renamed.js';

const baseUrl = 'https://a.example/scim/v2';
const tokenUrl = 'https://a.example/token';
const oauth = { primary: { tokenUrl, clientId: 'a', clientSecret: 'b' } };
const wire = translatorAt(renamed, baseUrl);
const { signal } = new AbortController();

const answer: HttpAnswer = {
  type: 'response',
  status: 200,
  headers: [['Set-Txn', '7']],
  body: '{"bulkId":"x"}',
  truncated: false,
};

const tried = () => {
  const sent: HttpRequest[] = [];
  const verified: string[] = [];
  let receive: ((delivery: PushDelivery) => Promise<unknown>) | undefined;
  const environment = translateEnvironment(
    {
      ...systemEnvironment,
      createTransport: () => ({
        send: (request) => {
          sent.push(request);
          return Promise.resolve(answer);
        },
        close: () => Promise.resolve(),
      }),
      openPushServer: (_place, given) => {
        receive = given;
        return Promise.resolve({ url: '', close: () => Promise.resolve() });
      },
      verify: (jwt) => {
        verified.push(jwt);
        return Promise.resolve();
      },
    },
    { target: { baseUrl, oauth }, setPoll: 'https://events.example/poll' },
    wire,
  );
  const { clock } = systemEnvironment;
  const settings = { clock, timeoutMs: 1, connections: 1, insecure: false, bodies: new BodyBudget() };
  return { environment, sent, verified, transport: environment.createTransport(settings), receiver: () => receive };
};

const request: HttpRequest = {
  method: 'POST',
  url: `${baseUrl}/provision/7/status`,
  headers: [['X-SCIM-Request-Mode', 'asynchronous']],
  body: '{"operationsCount":1}',
};

void t.test('requests to the target and answers are translated', async (t) => {
  const { transport, sent } = tried();
  t.match(await transport.send(request, signal), { headers: [['SCIM-Transaction', '7']], body: '{"reference":"x"}' });
  t.match(sent, [{ url: `${baseUrl}/jobs/7`, headers: [['SCIM-Mode', 'asynchronous']], body: '{"counts":1}' }]);
  await transport.send({ ...request, url: 'https://events.example/poll' }, signal);
  t.match(sent[1], { body: '{"counts":1}' });
});

void t.test('what goes to other hosts, or for access tokens, stays', async (t) => {
  const { transport, sent } = tried();
  for (const url of [tokenUrl, 'https://b.example/jwks', 'no URL at all']) {
    t.strictSame(await transport.send({ ...request, url }, signal), answer);
    t.strictSame(sent.at(-1), { ...request, url });
  }
});

const jwt = (payload: string): string => `e30.${Buffer.from(payload).toString('base64url')}.c2ln`;
const onWire = jwt('{"events":{"urn:example:scim:event:done":{}}}');
const inSuite = jwt('{"events":{"urn:ietf:params:scim:event:misc:asyncresp":{}}}');

async function* inChunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(Buffer.from(text.slice(at, at + size)));
}

const readAll = async (body: PushDelivery['body']): Promise<string> => {
  if (typeof body === 'string') return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

void t.test('pushed tokens are translated, whole or in chunks, and other bodies stay', async (t) => {
  const { environment, receiver } = tried();
  const seen: string[] = [];
  await environment.openPushServer({ port: 0, path: '/x' }, async ({ body }) => {
    seen.push(await readAll(body));
    return { status: 202, headers: [], body: '' };
  });
  const long = `{"bulkId":"${'ü'.repeat(800_000)}"}`;
  for (const body of [
    onWire,
    inChunks(onWire, 7),
    '{"bulkId":"x"}',
    inChunks('{"bulkId":"ü"}', 1000),
    inChunks(long, 100_000),
  ])
    await receiver()?.({ method: 'POST', path: '/x', headers: [], body });
  t.strictSame(seen, [inSuite, inSuite, '{"bulkId":"x"}', '{"bulkId":"ü"}', long]);
});

void t.test('a token is verified as it was on the wire', async (t) => {
  const { environment, verified } = tried();
  const { publicKey } = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']).then((pair) => {
    if (!('publicKey' in pair)) throw new Error('not a pair of keys');
    return pair;
  });
  await environment.verify(inSuite, publicKey);
  t.strictSame(verified, [onWire]);
});

void t.test('the bytes of a body are those on the wire', (t) => {
  const { environment } = tried();
  t.equal(environment.bytesOf?.('{"operationsCount":"ü"}'), Buffer.byteLength('{"counts":"ü"}'));
  t.end();
});
