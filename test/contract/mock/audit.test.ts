import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { validate } from '../../../schemas/validators.js';
import { asynchronous, clientOf, user } from './client.js';

interface Entry {
  readonly action: string;
  readonly state?: string;
  readonly status?: number;
  readonly client: string;
}

void t.test('reads and changes of a request are in the audit trail and in its log, without secrets', async (t) => {
  const lines: unknown[] = [];
  const mock = await startMock({ auditLog: (line) => lines.push(line) });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const body = { ...user(), password: 'a password that nobody may see' };
  const accepted = await send('POST', '/Users', { headers: asynchronous, body });
  const location = accepted.headers.get('location') ?? '';
  let reads = 0;
  for (let done = false; !done; reads += 1) {
    const { body: status } = await send('GET', location);
    done = (status.status as { completed: boolean }).completed;
  }
  t.equal((await send('GET', location, { headers: { 'X-Original-Request-ID': 'another' } })).status, 400);
  const trail = await send('GET', `/audit?request=${String(accepted.body.id)}`);
  const entries = trail.body.Resources as Entry[];
  for (const entry of entries) t.ok(validate('async/audit-entry', entry).valid);
  t.strictSame(
    entries.flatMap(({ state }) => state ?? []).toSorted(),
    ['completed', 'processing', 'queued'],
    'each state once',
  );
  t.strictSame(
    entries.flatMap(({ status }) => status ?? []),
    [...Array.from({ length: reads }, () => 200), 400],
  );
  t.ok(entries.every(({ client }) => client === 'primary'));
  t.strictSame(lines, entries);
  t.notMatch(trail.text, 'a password that nobody may see');
  t.notMatch(trail.text, mock.tokens.primary);
  t.strictSame((await send('GET', '/audit', { as: 'second' })).body.Resources, [], 'not of another client');
});

void t.test('without the feature there is no trail', async (t) => {
  const mock = await startMock({ features: [] });
  t.teardown(() => mock.stop());
  t.equal((await clientOf(mock)('GET', '/audit')).status, 404);
});
