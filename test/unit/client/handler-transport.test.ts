import t from 'tap';
import { alwaysKept, BodyBudget } from '../../../suites/client/body-budget.js';
import {
  createHandlerTransport,
  type Handler,
  type HandlerRequest,
  type Network,
} from '../../../suites/client/handler-transport.js';
import type { HttpRequest, Transport } from '../../../suites/client/transport.js';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.js';

const open = (
  handle: Handler,
  { around, bodies = new BodyBudget() }: { around?: Network; bodies?: BodyBudget } = {},
): { transport: Transport; clock: VirtualClock } => {
  const clock = createVirtualClock();
  const transport = createHandlerTransport(
    handle,
    around,
  )({ clock, timeoutMs: 1000, connections: 1, insecure: false, bodies });
  return { transport, clock };
};

const get: HttpRequest = { method: 'GET', url: 'https://host:8443/scim/../x%2F?a#b', headers: [['Accept', '*/*']] };

const never = (): AbortSignal => new AbortController().signal;

const ok: Handler = () => Promise.resolve({ status: 200, headers: [['ETag', '"1"']], body: 'ä' });

void t.test('a request arrives as it would be sent, and its answer comes back whole', async (t) => {
  const seen: HandlerRequest[] = [];
  const { transport, clock } = open((request) => {
    seen.push(request);
    return ok(request);
  });
  t.strictSame(await transport.send({ ...get, body: '{}' }, never()), {
    type: 'response',
    status: 200,
    headers: [['ETag', '"1"']],
    body: 'ä',
    truncated: false,
  });
  t.strictSame(
    seen.map(({ method, url, headers, body }) => ({ method, url, headers, body })),
    [
      {
        method: 'GET',
        url: 'https://host:8443/scim/../x%2F?a',
        headers: [
          ['Host', 'host:8443'],
          ['Accept', '*/*'],
        ],
        body: '{}',
      },
    ],
  );
  t.strictSame([clock.pending(), clock.now()], [0, 0]);
});

void t.test('a body that is too long is cut to the bytes that are always kept', async (t) => {
  const { transport } = open(() => Promise.resolve({ status: 200, headers: [], body: 'x'.repeat(alwaysKept + 1) }), {
    bodies: new BodyBudget(0),
  });
  t.match(await transport.send(get, never()), { truncated: true, body: 'x'.repeat(alwaysKept) });
  t.match(await transport.send({ ...get, isTransient: true }, never()), { truncated: false });
  t.match(await transport.send({ ...get, isTransient: true, keptBytes: 10 }, never()), { truncated: true });
});

void t.test('a handler that does not answer in time is late, and its signal aborts', async (t) => {
  let signal: AbortSignal | undefined;
  const { transport, clock } = open((request) => {
    signal = request.signal;
    return new Promise(() => undefined);
  });
  t.strictSame(await transport.send(get, never()), {
    type: 'failure',
    code: 'timeout',
    message: 'no whole answer within 1 s',
  });
  t.strictSame([clock.now(), clock.pending(), signal?.aborted], [1000, 0, true]);
});

void t.test('a signal that aborts before or after the request was sent interrupts it', async (t) => {
  const { transport, clock } = open(() => new Promise(() => undefined));
  const interrupted = { type: 'failure', code: 'interrupted', message: 'the run was interrupted' };
  t.strictSame(await transport.send(get, AbortSignal.abort()), interrupted);
  const over = new AbortController();
  const sent = transport.send(get, over.signal);
  over.abort();
  t.strictSame(await sent, interrupted);
  const open2 = transport.send(get, never());
  await transport.close();
  t.strictSame(await open2, interrupted);
  t.strictSame([clock.now(), clock.pending()], [0, 0]);
});

void t.test('a connection that breaks and a provider that rejects are failures of the connection', async (t) => {
  const broken = open(() => Promise.resolve({ failure: 'it was reset' })).transport;
  t.strictSame(await broken.send(get, never()), { type: 'failure', code: 'connection', message: 'it was reset' });
  const rejecting = open(() => Promise.reject(new Error('out of order'))).transport;
  t.strictSame(await rejecting.send(get, never()), { type: 'failure', code: 'connection', message: 'out of order' });
});

void t.test('what lies between may delay, change and lose', async (t) => {
  const { transport, clock } = open(ok, {
    around: async (request, next) => {
      await clock.sleep(30, request.signal);
      const reply = await next({ ...request, method: 'PUT' });
      return 'failure' in reply ? reply : { ...reply, body: 'changed' };
    },
  });
  t.match(await transport.send(get, never()), { status: 200, body: 'changed' });
  t.equal(clock.now(), 30);
});
