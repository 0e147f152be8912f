/** The receiver of pushed security event tokens (RFC 8935) that the suite opens for a run. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { header, mediaType } from '../../../schemas/names.js';
import type { Exchange, HeaderList } from '../../../schemas/types.js';
import type { BodyBudget, Share } from '../../client/body-budget.js';
import type { Inbox } from './inbox.js';
import { readJwt, type TokenContent } from '../../security-events/security-event-token.js';

/** How a delivery is answered (RFC 8935 §2.2, §2.3). */
export interface PushAnswer {
  readonly status: number;
  readonly body?: { readonly err: string; readonly description: string };
}

/** Says how a delivery is answered; 202 where it does not. */
export type PushPolicy = (token: TokenContent) => PushAnswer | undefined | Promise<PushAnswer | undefined>;

/** Bytes of a delivery that is taken; a longer one is refused. */
const mostBytes = 1024 * 1024;

const read = async (request: IncomingMessage, share: Share): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  let fits = true;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      fits &&= share.reach(length);
      if (fits) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch (error) {
    share.release();
    throw error;
  }
  return fits ? Buffer.concat(chunks).toString('utf8') : undefined;
};

const fieldsOf = ({ rawHeaders }: IncomingMessage, redact: (text: string) => string): HeaderList =>
  Array.from({ length: rawHeaders.length / 2 }, (_, place): [string, string] => {
    const name = rawHeaders[2 * place] ?? '';
    const value = rawHeaders[2 * place + 1] ?? '';
    // What lets the provider in here is the user's secret, too.
    return [redact(name), /^(proxy-)?authorization$/i.test(name) ? '{{push-credential}}' : redact(value)];
  });

export interface ReceiverOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Where the provider reaches it; by default on the loopback address, and nobody else can. */
  readonly publicUrl?: string;
  readonly inbox: Inbox;
  readonly redact: (text: string) => string;
  /** What all deliveries may take, together with all else that the target sends. */
  readonly bodies: BodyBudget;
  /** Milliseconds from the start of the run. */
  readonly elapsed: () => number;
}

export class PushReceiver {
  private readonly server: Server;
  /** How the next deliveries are answered; 202 where it says nothing. */
  private policy: PushPolicy = () => undefined;
  /** Whether a delivery was too long to be taken. */
  isBlind = false;

  constructor(private readonly options: ReceiverOptions) {
    this.server = createServer((request, response) => {
      void this.receive(request)
        .then(({ status, body }) => {
          const fields = body === undefined ? {} : { [header.contentType]: mediaType.json };
          response.writeHead(status, fields).end(body === undefined ? undefined : JSON.stringify(body));
        })
        .catch(() => response.destroy());
    });
  }

  /** Opens it; returns the URL to push to. Rejects where the port is taken. */
  async start(): Promise<string> {
    const { port, publicUrl } = this.options;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ port, ...(publicUrl === undefined ? { host: '127.0.0.1' } : {}) }, resolve);
    });
    return publicUrl ?? `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /** Answers deliveries in this way from now on. */
  answerBy(policy: PushPolicy): void {
    this.policy = policy;
  }

  private async receive(request: IncomingMessage): Promise<PushAnswer> {
    const { inbox, redact, bodies, elapsed } = this.options;
    const at = elapsed();
    // Nobody asked for a delivery, so that none is free.
    const body = await read(request, bodies.share(mostBytes, 0));
    this.isBlind ||= body === undefined;
    if (request.method !== 'POST' || body === undefined) return { status: body === undefined ? 413 : 405 };
    const token = readJwt(body);
    const answer = (await this.policy(token)) ?? { status: 202 };
    const exchange: Exchange = {
      type: 'exchange',
      // Its place is that in the trace that it comes to.
      n: 0,
      purpose: 'event-push',
      credential: 'none',
      at,
      took: elapsed() - at,
      request: {
        method: 'POST',
        url: `${this.options.publicUrl ?? 'http://127.0.0.1'}${redact(request.url ?? '/')}`,
        headers: fieldsOf(request, redact),
        body: redact(body),
      },
      response: {
        status: answer.status,
        headers: [],
        body: answer.body === undefined ? '' : JSON.stringify(answer.body),
        truncated: false,
      },
    };
    inbox.deliver({ via: 'push', exchange, token });
    return answer;
  }
}
