/** Answers requests that never reach fastify, with SCIM errors like all others (ERR-01). */
import { STATUS_CODES, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { header } from '../../../schemas/names.js';
import { Problem } from '../../problem.js';
import { translateAnswer } from './renamed-wire.js';
import { dateOf, errorAnswer, type SendContext } from './send.js';

const rawAnswer = (
  context: SendContext,
  problem: Problem,
): { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string } => {
  const { status, headers, body } = errorAnswer(context, problem);
  return { status, ...translateAnswer({ headers, text: JSON.stringify(body) }, context.wire) };
};

/** Writes the error to the socket and closes the connection. */
export const answerRaw = (context: SendContext, socket: Duplex, problem: Problem): void => {
  if (!socket.writable) return;
  const { status, headers, text } = rawAnswer(context, problem);
  const fields = { ...headers, 'Content-Length': String(Buffer.byteLength(text)), Connection: 'close' };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${text}`, () =>
    socket.destroy(),
  );
};

/** Refuses CONNECT, and unknown expectations (RFC 9110 §10.1.1). */
export const refuseSpecial = (server: Server, context: SendContext): void => {
  server.on('connect', (_request, socket) => {
    answerRaw(context, socket, new Problem(405, 'There are no tunnels here.', undefined, { [header.allow]: 'GET' }));
  });
  server.on('checkExpectation', (_request, response) => {
    const { status, headers, text } = rawAnswer(context, new Problem(417, 'Only 100-continue can be expected.'));
    response.sendDate = false;
    response
      .writeHead(status, {
        ...headers,
        [header.date]: dateOf(context),
        'Content-Length': Buffer.byteLength(text),
      })
      .end(text);
  });
};
