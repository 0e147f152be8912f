import { randomUUID } from 'node:crypto';
import t from 'tap';
import { systemEnvironment } from '../../../../mock/index.js';
import type { Ports } from '../../../../mock/ports.js';
import { openPostgresPorts } from '../../../../mock/store/postgres/postgres-ports.js';
import { openDatabases } from '../../../harness/databases.js';
import { provePorts, usualSettings } from './prove-ports.js';

t.setTimeout(300_000);

const databases = await openDatabases();
if (typeof databases === 'string') t.plan(0, databases);
else {
  const { create, empty, end } = databases;
  const url = await create();
  let last: Ports | undefined;
  t.teardown(async () => {
    await last?.close?.();
    await end();
  });
  provePorts(t, async (settings = {}) => {
    // Creating a database takes longer than all that follows.
    await last?.close?.();
    await empty(url);
    let now = 0;
    const ports = await openPostgresPorts({
      url,
      environment: { clock: { now: () => now, sleep: (ms, signal) => systemEnvironment.clock.sleep(ms, signal) } },
      newId: randomUUID,
      sign: (claims) => Promise.resolve(`token of ${String(claims.jti)}`),
      settings: { ...usualSettings, ...settings },
    });
    last = ports;
    return { ports, pass: (ms) => (now += ms) };
  });
}
