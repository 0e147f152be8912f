import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import t, { type Test } from 'tap';
import { startMock, type Mock, type StartOptions } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { openDatabases } from '../../harness/databases.js';
import { asynchronous, bulk, clientOf, user, type Send } from './client.js';

t.setTimeout(120_000);

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
t.beforeEach(() => {
  trace.setGlobalTracerProvider(provider);
  exporter.reset();
});
t.afterEach(() => trace.disable());

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parent = 'b7ad6b7169203331';

const started = async (t: Test, options: StartOptions = {}): Promise<Mock> => {
  const mock = await startMock({ operations: true, ...options });
  t.teardown(() => mock.stop());
  return mock;
};

/** The spans so far, when there are so many; asking makes no span. */
const spans = async (mock: Mock, isEnough: (found: readonly ReadableSpan[]) => boolean): Promise<ReadableSpan[]> => {
  while (!isEnough(exporter.getFinishedSpans())) await fetch(`${new URL(mock.url).origin}/healthz`);
  return exporter.getFinishedSpans();
};

const ofKind = (found: readonly ReadableSpan[], kind: SpanKind): ReadableSpan[] =>
  found.filter((span) => span.kind === kind);

const sendBulk = (send: Send, options: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  send('POST', '/Bulk', {
    headers: { ...asynchronous, ...headers },
    body: {
      ...bulk([
        { method: 'POST', path: '/Users', bulkId: 'a', data: user() },
        { method: 'DELETE', path: '/Groups/nobody' },
      ]),
      [urn.bulkOptions]: options,
    },
  });

const proveOperations = (store: string, start: typeof started): void => {
  void t.test(`${store}: operations are children of the request that was accepted`, async (t) => {
    const mock = await start(t);
    await sendBulk(clientOf(mock), {}, { traceparent: `00-${traceId}-${parent}-01` });
    const found = await spans(mock, ({ length }) => length === 3);
    const [request] = ofKind(found, SpanKind.SERVER);
    t.equal(request?.spanContext().traceId, traceId);
    t.equal(request?.parentSpanContext?.spanId, parent);
    const operations = ofKind(found, SpanKind.CONSUMER).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const span of operations) {
      t.equal(span.spanContext().traceId, traceId);
      t.equal(span.parentSpanContext?.spanId, request?.spanContext().spanId);
      t.type(span.attributes['scim.queue.wait_ms'], 'number');
    }
    t.match(
      operations.map(({ name, attributes }) => ({ name, attributes })),
      [
        {
          name: 'DELETE Group',
          attributes: {
            'scim.client': 'primary',
            'scim.operation.method': 'DELETE',
            'scim.operation.index': 1,
            'scim.resource.type': 'Group',
            'scim.operation.status': 404,
          },
        },
        { name: 'POST User', attributes: { 'scim.operation.index': 0, 'scim.operation.status': 201 } },
      ],
    );
  });
};

proveOperations('memory', started);

void t.test('a request has a span with its route and its status', async (t) => {
  const mock = await started(t);
  const send = clientOf(mock);
  const { body } = await send('POST', '/Users', { body: user() });
  await send('GET', `/Users/${String(body.id)}?attributes=userName`);
  await send('PROPFIND', '/Nothing');
  const found = await spans(mock, ({ length }) => length === 3);
  t.match(
    found.map(({ name, kind, attributes, parentSpanContext }) => ({ name, kind, attributes, parentSpanContext })),
    [
      { name: 'POST /scim/v2/Users', attributes: { 'http.response.status_code': 201 } },
      {
        name: 'GET /scim/v2/Users/:id',
        kind: SpanKind.SERVER,
        attributes: {
          'http.request.method': 'GET',
          'http.route': '/scim/v2/Users/:id',
          'url.path': `/scim/v2/Users/${String(body.id)}`,
          'url.scheme': 'http',
          'http.response.status_code': 200,
        },
        parentSpanContext: undefined,
      },
      {
        name: '_OTHER',
        attributes: {
          'http.request.method': '_OTHER',
          'http.request.method_original': 'PROPFIND',
          'http.response.status_code': 404,
        },
      },
    ],
  );
  t.notMatch(JSON.stringify(found.map(({ attributes }) => attributes)), mock.tokens.primary);
});

void t.test('only an answer of 5xx is an error of the server', async (t) => {
  const mock = await started(t, { workers: 0, queueCapacity: 2 });
  const send = clientOf(mock);
  await send('GET', '/Users/nobody');
  await sendBulk(send);
  t.equal((await sendBulk(send)).status, 503);
  const found = await spans(mock, ({ length }) => length === 3);
  t.strictSame(
    found.map(({ status }) => status.code),
    [SpanStatusCode.UNSET, SpanStatusCode.UNSET, SpanStatusCode.ERROR],
  );
});

void t.test('a request that runs as a unit has one span', async (t) => {
  const mock = await started(t);
  await sendBulk(clientOf(mock), { rollbackOnError: true });
  const [unit] = ofKind(await spans(mock, ({ length }) => length === 2), SpanKind.CONSUMER);
  t.equal(unit?.name, 'unit');
  t.match(unit?.attributes, { 'scim.unit.operations': 2, 'scim.unit.failed': 2 });
});

void t.test('a traceparent in a wrong form is ignored, and a new trace begins', async (t) => {
  const mock = await started(t);
  const send = clientOf(mock);
  const wrong = [
    'nonsense',
    `ff-${traceId}-${parent}-01`,
    `00-${'0'.repeat(32)}-${parent}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId}-${parent}-01-more`,
    `00-${traceId.toUpperCase()}-${parent}-01`,
  ];
  for (const traceparent of wrong) await send('GET', '/Users', { headers: { traceparent } });
  const found = await spans(mock, ({ length }) => length === wrong.length);
  t.strictSame(
    found.map(({ parentSpanContext }) => parentSpanContext),
    wrong.map(() => undefined),
  );
  exporter.reset();
  // A version that does not exist yet may have more.
  const tracestate = 'vendor=value';
  await send('GET', '/Users', { headers: { traceparent: `01-${traceId}-${parent}-01-more`, tracestate } });
  const [span] = await spans(mock, ({ length }) => length === 1);
  t.equal(span?.parentSpanContext?.spanId, parent);
  t.equal(span?.spanContext().traceState?.serialize(), tracestate);
});

void t.test('what the sender does not sample makes no spans, nor do its operations', async (t) => {
  const mock = await started(t);
  const send = clientOf(mock);
  await sendBulk(send, {}, { traceparent: `00-${traceId}-${parent}-00` });
  const { body } = await send('GET', '/ServiceProviderConfig');
  t.ok(body.schemas);
  const settled = async (): Promise<boolean> => (await mock.snapshot()).pending === 0;
  while (!(await settled())) await fetch(`${new URL(mock.url).origin}/healthz`);
  const found = await spans(mock, ({ length }) => length > 0);
  t.strictSame(
    found.map(({ name }) => name),
    ['GET /scim/v2/ServiceProviderConfig'],
  );
});

void t.test('without a provider, or without the option, there are no spans', async (t) => {
  const quiet = await started(t, { operations: false });
  await sendBulk(clientOf(quiet));
  trace.disable();
  const send = clientOf(await started(t));
  await sendBulk(send, {}, { traceparent: `00-${traceId}-${parent}-01` });
  t.equal((await send('GET', '/Users')).status, 200);
  t.strictSame(exporter.getFinishedSpans(), []);
});

const databases = await openDatabases();
if (typeof databases === 'string') void t.test('PostgreSQL', { skip: databases }, () => undefined);
else {
  t.teardown(() => databases.end());
  proveOperations('PostgreSQL', async (t, options) => started(t, { ...options, store: await databases.create() }));
  void t.test('PostgreSQL: the operations of another process are in the same trace', async (t) => {
    const store = await databases.create();
    const accepting = await started(t, { store, workers: 0 });
    await sendBulk(clientOf(accepting), {}, { traceparent: `00-${traceId}-${parent}-01` });
    const working = await started(t, { store });
    const found = await spans(working, ({ length }) => length === 3);
    const [request] = ofKind(found, SpanKind.SERVER);
    t.strictSame(
      ofKind(found, SpanKind.CONSUMER).map(({ parentSpanContext }) => parentSpanContext?.spanId),
      [request?.spanContext().spanId, request?.spanContext().spanId],
    );
  });
}
