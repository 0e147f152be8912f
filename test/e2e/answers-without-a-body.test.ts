import { createServer, type AddressInfo } from 'node:net';
import t from 'tap';
import { BodyBudget } from '../../suites/client/body-budget.js';
import { systemClock } from '../../suites/client/system-clock.js';
import type { HttpAnswer } from '../../suites/client/transport.js';
import { createUndiciTransport } from '../../suites/client/undici-transport.js';

interface Exchanges {
  readonly methods: readonly string[];
  /** The answers to them, as they are sent. */
  readonly replies: readonly string[];
}

/** Sends requests one after the other to a server that answers each with its text, and ends after the last one. */
const exchanged = async ({ methods, replies }: Exchanges): Promise<HttpAnswer[]> => {
  const left = [...replies];
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', () => {
      socket.write(left.shift() ?? '');
      if (left.length === 0) socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = createUndiciTransport({
    clock: systemClock,
    timeoutMs: 5000,
    connections: 1,
    insecure: false,
    bodies: new BodyBudget(),
  });
  const { signal } = new AbortController();
  const answers: HttpAnswer[] = [];
  for (const method of methods)
    answers.push(await transport.send({ method, url: `http://127.0.0.1:${port}/`, headers: [] }, signal));
  await transport.close();
  await new Promise((resolve) => server.close(resolve));
  return answers;
};

const head = (status: string, ...fields: string[]): string => [`HTTP/1.1 ${status}`, ...fields, '', ''].join('\r\n');

const whole = `${head('200 OK', 'Content-Length: 2')}ok`;

for (const [about, method, reply] of [
  ['a 304 with the length of what it does not repeat', 'GET', head('304 Not Modified', 'Content-Length: 1234')],
  ['a 204 with a length', 'DELETE', head('204 No Content', 'Content-Length: 17')],
  ['an answer to HEAD with the length of what GET gets', 'HEAD', head('200 OK', 'Content-Length: 1234')],
  ['an error to HEAD with a length', 'HEAD', head('405 Method Not Allowed', 'Content-Length: 99')],
  ['a 304 with a coding', 'GET', head('304 Not Modified', 'Transfer-Encoding: chunked')],
] as const) {
  void t.test(`${about} (RFC 9110 §8.6) is answered, and the next request, too`, async (t) => {
    const [answer, next] = await exchanged({ methods: [method, 'GET'], replies: [reply, whole] });
    t.match(answer, { type: 'response', status: Number(reply.slice(9, 12)), body: '', truncated: false });
    t.match(next, { type: 'response', status: 200, body: 'ok', truncated: false });
  });
}

void t.test('a body that ends before its length is a failure all the same', async (t) => {
  const [answer] = await exchanged({ methods: ['GET'], replies: [`${head('200 OK', 'Content-Length: 1234')}ok`] });
  t.match(answer, { type: 'failure', code: 'connection' });
});
