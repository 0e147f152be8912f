import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import t, { type Test } from 'tap';
import { startMock } from '../../../mock/index.js';
import { runCli } from '../../harness/run-cli.js';

t.jobs = 4;
t.setTimeout(300_000);

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const target = async (t: Test, listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  const port = await listen(server);
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${port}/scim/v2`;
};

interface WrongTarget {
  readonly name: string;
  readonly listener: RequestListener;
  readonly says: RegExp;
  /** Seconds: short only where no whole answer comes. */
  readonly timeout?: string;
}

const wrongTargets: readonly WrongTarget[] = [
  {
    name: 'an HTML login page',
    listener: (_request, response) =>
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><h1>Log in</h1>'),
    says: /was answered 200 with an HTML page\. SCIM in JSON was expected: check that --target/,
  },
  {
    name: 'a redirect',
    listener: (_request, response) => response.writeHead(302, { Location: 'https://login.example/' }).end(),
    says: /was redirected \(302\) to https:\/\/login\.example\/\. A SCIM provider was expected/,
  },
  {
    name: 'a hanging target',
    listener: () => undefined,
    timeout: '0.5',
    says: /could not be reached: no whole answer within 0.5 s\./,
  },
  {
    name: 'a target that drips its answer for ever',
    listener: (_request, response) => {
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    },
    timeout: '0.5',
    says: /could not be reached: no whole answer within 0.5 s\./,
  },
  {
    name: 'a target that answers everything 429',
    listener: (_request, response) => response.writeHead(429, { 'Retry-After': '0' }).end(),
    says: /was answered 429 \(too many requests, with Retry-After: 0\), also when it was sent again/,
  },
  {
    name: 'a target that permits nothing',
    listener: (_request, response) => response.writeHead(403, { 'Content-Type': 'application/json' }).end('{}'),
    says: /was answered 403: the target does not permit this to the client.* give the client the rights/,
  },
  {
    name: 'a target that fails',
    listener: (_request, response) => response.writeHead(500).end('oops'),
    says: /was answered 500, which is an error of the target.* look into the logs/,
  },
  {
    name: 'a server without SCIM',
    listener: (_request, response) => response.writeHead(404).end('nothing here'),
    says: /No SCIM provider was found .*: 404\)\. A 200 with SCIM in JSON was expected/,
  },
];

for (const { name, listener, says, timeout = '30' } of wrongTargets) {
  void t.test(`${name}: one clear sentence and exit code 3`, async (t) => {
    const url = await target(t, listener);
    const { code, stderr } = await runCli(['--target', url, '--token', 'some-token', '--timeout', timeout]);
    t.equal(code, 3);
    t.match(stderr, says);
    t.equal(stderr.trim().split('\n').length, 1, 'one line');
  });
}

void t.test('a closed port: one clear sentence and exit code 3', async (t) => {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  const { code, stderr } = await runCli(['--target', `http://127.0.0.1:${port}/scim/v2`]);
  t.equal(code, 3);
  t.match(stderr, /could not be reached: nothing listens there \(connection refused\)\. A SCIM provider was expected/);
});

void t.test('a server that speaks no HTTP: one clear sentence and exit code 3', async (t) => {
  const server = createTcpServer((socket) => socket.on('data', () => socket.end('220 mail ready\r\n')));
  const port = await listen(server);
  t.teardown(() => server.close());
  const { code, stderr } = await runCli(['--target', `http://127.0.0.1:${port}/scim/v2`]);
  t.equal(code, 3);
  t.match(stderr, /could not be reached: /);
});

void t.test('a wrong token and no token: what to check, and exit code 3', async (t) => {
  const mock = await startMock();
  t.teardown(() => mock.stop());
  const wrong = await runCli(['--target', mock.url, '--token', 'not-the-right-one']);
  t.equal(wrong.code, 3);
  t.match(wrong.stderr, /401: the target does not accept the credential\. Check --token/);
  t.notMatch(wrong.stdout + wrong.stderr, /not-the-right-one/);
  const none = await runCli(['--target', mock.url]);
  t.equal(none.code, 3);
  t.match(none.stderr, /401: the target wants a credential\. Give one with --token/);
});
