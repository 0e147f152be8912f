/** A RabbitMQ only for this run, because the one of the machine must not be killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';
import { freePort } from './free-port.mjs';

/** Milliseconds for a start. */
const longest = 120_000;

const hasStarted = async (url) => {
  const connection = await connect(url, { timeout: 5000 }).catch(() => undefined);
  await connection?.close().catch(() => undefined);
  return connection !== undefined;
};

/** `rabbitmq-server` has to be installed. `cut` kills the node (SIGKILL); `start` starts it again with what is on its disk. */
export const openOwnRabbitmq = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'own-rabbitmq-'));
  await mkdir(path.join(folder, 'node'));
  // As root, the server runs as another user.
  for (const each of [folder, path.join(folder, 'node')]) await chmod(each, 0o777);
  const [port, distribution] = [await freePort(), await freePort()];
  const inFolder = (name) => path.join(folder, 'node', name);
  const pidFile = inFolder('pid');
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  const env = {
    ...process.env,
    RABBITMQ_NODENAME: `kills-${process.pid}@localhost`,
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_MNESIA_BASE: inFolder('data'),
    RABBITMQ_LOG_BASE: inFolder('log'),
    RABBITMQ_PID_FILE: pidFile,
    RABBITMQ_ENABLED_PLUGINS_FILE: inFolder('plugins'),
    RABBITMQ_CONFIG_FILE: inFolder('none'),
  };
  let child;
  let exit;
  const start = async () => {
    child = spawn('rabbitmq-server', [], { env, stdio: 'ignore' });
    exit = once(child, 'exit');
    exit.catch(() => undefined);
    await once(child, 'spawn');
    for (const deadline = Date.now() + longest; !(await hasStarted(url)); await sleep(200))
      if (child.exitCode !== null || Date.now() > deadline) throw new Error('RabbitMQ does not start');
  };
  const end = async (signal) => {
    process.kill(Number(await readFile(pidFile, 'utf8')), signal);
    await exit;
  };
  await start();
  return {
    url,
    start,
    cut: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
};
