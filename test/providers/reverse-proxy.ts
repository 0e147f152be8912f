/** Reverse proxies of Debian before a provider, each with the plain configuration that its documentation begins with. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

interface Place {
  /** An empty folder for its files. */
  readonly folder: string;
  /** The port at which it listens. */
  readonly port: number;
  /** The port of the provider. */
  readonly upstream: number;
  /** Ports of further processes of it. */
  readonly others?: readonly number[];
}

interface Kind {
  readonly program: string;
  readonly configure: (place: Place) => string;
  readonly args: (file: string, place: Place) => readonly string[];
}

const apacheModules = '/usr/lib/apache2/modules';

/** As in docs/mock-store.md. */
const replicasOf = (ports: readonly number[]): string =>
  `upstream replicas { ${ports.map((port) => `server 127.0.0.1:${port};`).join(' ')} }`;

const kinds = {
  nginx: {
    program: '/usr/sbin/nginx',
    configure: ({ folder, port, upstream, others }) => `
      daemon off;
      master_process off;
      pid ${folder}/pid;
      events {}
      http {
        access_log off;
        client_body_temp_path ${folder}/body;
        proxy_temp_path ${folder}/proxy;
        fastcgi_temp_path ${folder}/fastcgi;
        uwsgi_temp_path ${folder}/uwsgi;
        scgi_temp_path ${folder}/scgi;
        ${others === undefined ? '' : replicasOf([upstream, ...others])}
        server {
          listen 127.0.0.1:${port};
          location / {
            proxy_pass http://${others === undefined ? `127.0.0.1:${upstream}` : 'replicas'};
            ${others === undefined ? '' : 'client_max_body_size 0; proxy_next_upstream off;'}
          }
        }
      }`,
    args: (file, { folder }) => ['-p', folder, '-c', file, '-e', 'stderr'],
  },
  haproxy: {
    program: '/usr/sbin/haproxy',
    configure: ({ port, upstream }) => `
defaults
  mode http
  timeout connect 5s
  timeout client 50s
  timeout server 50s
frontend clients
  bind 127.0.0.1:${port}
  default_backend provider
backend provider
  server one 127.0.0.1:${upstream}
`,
    args: (file) => ['-db', '-f', file],
  },
  apache: {
    program: '/usr/sbin/apache2',
    configure: ({ folder, port, upstream }) => `
ServerRoot ${folder}
DefaultRuntimeDir ${folder}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
${['mpm_event', 'authz_core', 'proxy', 'proxy_http'].map((name) => `LoadModule ${name}_module ${apacheModules}/mod_${name}.so`).join('\n')}
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
ProxyPass / http://127.0.0.1:${upstream}/
`,
    args: (file) => ['-f', file, '-DFOREGROUND'],
  },
  varnish: {
    program: '/usr/sbin/varnishd',
    configure: () => '',
    args: (_, { folder, port, upstream }) => [
      '-F',
      ...['-n', join(folder, 'varnish')],
      ...['-a', `127.0.0.1:${port}`],
      ...['-b', `127.0.0.1:${upstream}`],
      ...['-s', 'malloc,16m'],
    ],
  },
} as const satisfies Record<string, Kind>;

export type ProxyName = keyof typeof kinds;

export const proxyNames = Object.keys(kinds) as ProxyName[];

/** Why this proxy cannot be started here; undefined if it can. */
export const whyMissing = (name: ProxyName): string | undefined =>
  existsSync(kinds[name].program) ? undefined : `${kinds[name].program} is not installed`;

/** A free port. Proxies cannot choose one themselves, and the provider has to know it before they start. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const listens = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

/** Resolves when the proxy accepts connections. Rejects with its own words if it ends before. */
const ready = async (child: ChildProcess, port: number, said: () => string): Promise<void> => {
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`the proxy ended with ${child.exitCode}: ${said()}`);
    await sleep(20);
  }
};

/** Starts a proxy at this port before the provider at `upstream`. Returns a function that stops it. */
export const startProxy = async (name: ProxyName, ports: Omit<Place, 'folder'>): Promise<() => Promise<void>> => {
  const { program, configure, args }: Kind = kinds[name];
  const folder = await mkdtemp(join(tmpdir(), 'proxy-'));
  const place = { folder, ...ports };
  const file = join(folder, 'configuration');
  await mkdir(join(folder, 'varnish'));
  await writeFile(file, configure(place));
  const child = spawn(program, args(file, place), { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(child, ports.port, () => text);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
};
