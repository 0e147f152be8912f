/**
 * Measures how many asynchronous operations a second the mock does on PostgreSQL, effect included: a bulk request of
 * creates after the other, in one process and in two. The database has to be an empty one.
 *
 *   npm run build && node bench/store.mjs postgres://user@127.0.0.1:5432/empty [operations]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetch } from 'undici';
import { startMock } from '../dist/mock/index.js';

const [, , store, count = '20000', role] = process.argv;
if (store === undefined) {
  console.error('Give the URL of an empty database.');
  process.exit(2);
}
const options = {
  store,
  workers: 256,
  operationMillis: 0,
  rateLimit: false,
  queueCapacity: 10_000_000,
  queueBytes: 10 ** 10,
  maxOperations: 10_000_000,
  maxPayloadBytes: 10 ** 9,
  clients: [
    { name: 'primary', token: 'one' },
    { name: 'second', token: 'two' },
  ],
};

const mock = await startMock(options);
if (role === 'working') process.send('ready');
else {
  /** Operations a second from the 202 to the completion of bulk requests of 5000 creates. */
  const measure = async (name, operations) => {
    const headers = {
      Authorization: 'Bearer one',
      'Content-Type': 'application/scim+json',
      'X-SCIM-Request-Mode': 'asynchronous',
    };
    const size = 5000;
    const places = [];
    const begun = Date.now();
    for (let sent = 0; sent < operations; sent += size) {
      const Operations = Array.from({ length: size }, (_, index) => ({
        method: 'POST',
        path: '/Users',
        bulkId: String(index),
        data: {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName: `${name}.${sent + index}@example.com`,
        },
      }));
      const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations });
      const accepted = await fetch(`${mock.url}/Bulk`, { method: 'POST', headers, body });
      if (accepted.status !== 202) throw new Error(`${accepted.status} ${await accepted.text()}`);
      places.push(accepted.headers.get('location'));
    }
    const accepted = Date.now();
    while ((await mock.snapshot()).pending > 0) await sleep(20);
    const seconds = (Date.now() - begun) / 1000;
    console.log(
      `${name}: ${operations} operations in ${seconds.toFixed(1)} s, ${Math.round(operations / seconds)} a second; accepted after ${((accepted - begun) / 1000).toFixed(1)} s`,
    );
  };
  await measure('warm-up', 5000);
  await measure('one-process', Number(count));
  const second = fork(new URL(import.meta.url), [store, count, 'working']);
  await once(second, 'message');
  await measure('two-processes', Number(count));
  second.kill();
}
if (role !== 'working') await mock.stop();
