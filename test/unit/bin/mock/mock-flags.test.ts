import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import yargs from 'yargs';
import { mockFlags, mockOptionsOf } from '../../../../bin/mock/mock-flags.js';
import { givenFlags } from '../../../../bin/options/given-flags.js';
import type { StartOptions } from '../../../../mock/index.js';

const folder = mkdtempSync(join(tmpdir(), 'mock-flags-'));
t.teardown(() => rmSync(folder, { recursive: true }));

const optionsOf = async (args: readonly string[]): Promise<StartOptions> =>
  mockOptionsOf(await mockFlags(yargs([...args])).parseAsync(), givenFlags(args));

const fileWith = (content: unknown): string => {
  const file = join(folder, 'mock.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};

void t.test('--ops turns on what the operator sees', async (t) => {
  t.equal((await optionsOf([])).operations, false);
  t.equal((await optionsOf(['--ops'])).operations, true);
  const config = fileWith({ operations: true });
  t.equal((await optionsOf(['--config', config])).operations, true);
  t.equal((await optionsOf(['--config', config, '--no-ops'])).operations, false, 'the flag wins');
});

void t.test('--webhook-loopback wins over the file', async (t) => {
  const config = fileWith({ webhookLoopback: false });
  t.equal((await optionsOf(['--config', config])).webhookLoopback, false);
  t.equal((await optionsOf(['--config', config, '--webhook-loopback'])).webhookLoopback, true);
});

void t.test('--profile FILE gives the mock the names of the wire, and a version gives it none', async (t) => {
  const file = join(folder, 'profile.json');
  const wire = { fields: { 'X-SCIM-Request-Mode': 'SCIM-Mode' } };
  writeFileSync(file, JSON.stringify({ name: 'draft', base: '1.1', wire }));
  t.strictSame((await optionsOf(['--profile', file])).wire, wire);
  t.equal((await optionsOf(['--profile', '1.0'])).wire, undefined);
});
