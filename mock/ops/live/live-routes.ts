/** The endpoints of the live page: / and /live/events. Both are for programs on this machine only. */
import type { FastifyReply } from 'fastify';
import type { Clock } from '../../clock.js';
import { Problem } from '../../problem.js';
import type { OpsAnswer, OpsRoute } from '../add-ops-routes.js';
import type { Board } from './board.js';
import { Feed, mostViewers, type Viewer } from './feed.js';
import { isFromThisMachine, type Sender } from './from-this-machine.js';
import { page, pageHeaders } from './page.js';

const demandThisMachine = (sender: Sender): void => {
  if (!isFromThisMachine(sender))
    throw new Problem(
      403,
      'The live page is shown on the machine of the mock only: open it as http://127.0.0.1/ there.',
    );
};

const eventStream = 'text/event-stream';

/** Milliseconds after which a page connects again. */
const reconnect = 2000;

/** Writes the events to the connection until one of the two sides closes it. */
const stream = (reply: FastifyReply, feed: Feed): void => {
  reply.hijack();
  const { raw } = reply;
  const viewer: Viewer = { write: (text) => raw.write(text), end: () => raw.end() };
  raw.on('close', () => feed.leave(viewer)).on('drain', () => feed.drained(viewer));
  // A connection that breaks is closed, too.
  raw.on('error', () => undefined);
  raw.writeHead(200, { 'Content-Type': eventStream, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  raw.write(`retry: ${reconnect}\n\n`);
  feed.join(viewer);
};

const tooMany: OpsAnswer = {
  status: 503,
  type: 'text/plain',
  text: `At most ${mostViewers} pages can be open: close one.\n`,
};

export interface LiveOptions {
  readonly board: Board;
  readonly clock: Clock;
  /** Aborts when the mock stops. */
  readonly stopping: AbortSignal;
}

export const liveRoutes = ({ board, clock, stopping }: LiveOptions): OpsRoute[] => {
  const feed = new Feed({ clock, look: () => board.look(), stopping });
  return [
    {
      url: '/',
      answer: (request) => {
        demandThisMachine(request);
        return { status: 200, type: 'text/html; charset=utf-8', text: page, headers: pageHeaders };
      },
    },
    {
      url: '/live/events',
      answer: (request, reply) => {
        demandThisMachine(request);
        if (request.method === 'HEAD') return { status: 200, type: eventStream, text: '' };
        if (feed.isFull) return tooMany;
        stream(reply, feed);
        return undefined;
      },
    },
  ];
};
