import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { readMockFile } from '../../../../bin/mock/mock-file.js';
import { mockOptionsOf, type MockFlags } from '../../../../bin/mock/mock-flags.js';
import { createMock } from '../../../../mock/index.js';

const example = fileURLToPath(new URL('../../../../docs/examples/mock-security.json', import.meta.url));

void t.test('the example of docs/mock-security.md is a valid file, and a mock starts with it', async (t) => {
  t.teardown(() => {
    delete process.env.PRIMARY_TOKEN;
    delete process.env.SECOND_TOKEN;
  });
  Object.assign(process.env, { PRIMARY_TOKEN: 'one', SECOND_TOKEN: 'two' });
  const { options } = readMockFile(example);
  t.match(options.clients, [
    { name: 'primary', token: 'one' },
    { name: 'second', token: 'two', scopes: ['scim.read'], amr: ['mfa'] },
  ]);
  const { baseUrl, ...rest } = { ...options, baseUrl: 'http://127.0.0.1/scim/v2' };
  delete rest.port;
  const mock = await createMock({ ...rest, baseUrl });
  t.match(mock.tokens, { primary: 'one', second: 'two' });
  await mock.stop();
});

void t.test('a token of the command line keeps the rights that the file gives', async (t) => {
  const file = join(t.testdir({}), 'mock.json');
  const clients = [
    { name: 'a', token: 'one', scopes: ['scim.read'], amr: ['mfa'] },
    { name: 'b', token: 'two', scopes: [] },
  ];
  writeFileSync(file, JSON.stringify({ clients, quiet: true }));
  const flags: MockFlags = {
    config: file,
    store: 'memory',
    'amqp-queue': 'scim.provision',
    port: 0,
    host: '127.0.0.1',
    token: 'other',
    'retry-after': 1,
    quiet: false,
    'async-request': 'request',
    signing: 'ES256',
    events: 'notice',
    'webhook-loopback': false,
    ops: false,
    fault: [],
    'list-faults': false,
  };
  t.strictSame((await mockOptionsOf(flags, new Set(['config', 'token']))).clients, [
    { name: 'a', token: 'other', scopes: ['scim.read'], amr: ['mfa'] },
    { name: 'b', token: 'two', scopes: [] },
  ]);
});
