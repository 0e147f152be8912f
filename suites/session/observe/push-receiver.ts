/** Takes security event tokens that are pushed (RFC 8935), wherever they come in, and answers them. */
import { header, mediaType } from '../../../schemas/names.js';
import type { Exchange, HeaderList } from '../../../schemas/types.js';
import type { BodyBudget, Share } from '../../client/body-budget.js';
import type { OpenPushServer, PushDelivery, PushPlace, PushReply, PushServer } from '../../environment/push-server.js';
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

/** The body; undefined where it is too long to be taken. */
const read = async (body: PushDelivery['body'], share: Share): Promise<string | undefined> => {
  if (typeof body === 'string') return share.reach(Buffer.byteLength(body)) ? body : undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  let fits = true;
  try {
    for await (const chunk of body) {
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

const redactedFields = (headers: HeaderList, redact: (text: string) => string): HeaderList =>
  headers.map(([name, value]): [string, string] => [
    redact(name),
    // What lets the provider in here is the user's secret, too.
    /^(proxy-)?authorization$/i.test(name) ? '{{push-credential}}' : redact(value),
  ]);

const replyOf = ({ status, body }: PushAnswer): PushReply => ({
  status,
  headers: body === undefined ? [] : [[header.contentType, mediaType.json]],
  body: body === undefined ? '' : JSON.stringify(body),
});

export interface ReceiverOptions extends PushPlace {
  readonly inbox: Inbox;
  readonly redact: (text: string) => string;
  /** What all deliveries may take, together with all else that the target sends. */
  readonly bodies: BodyBudget;
  /** Milliseconds from the start of the run. */
  readonly elapsed: () => number;
}

export class PushReceiver {
  private server: PushServer | undefined;
  /** How the next deliveries are answered; 202 where it says nothing. */
  private policy: PushPolicy = () => undefined;
  /** Whether a delivery was too long to be taken. */
  isBlind = false;

  constructor(private readonly options: ReceiverOptions) {}

  /** Takes deliveries from now on; returns the URL to push to. Rejects where the port is taken. */
  async start(open: OpenPushServer): Promise<string> {
    this.server = await open(this.options, (delivery) => this.receive(delivery));
    return this.server.url;
  }

  async stop(): Promise<void> {
    await this.server?.close();
  }

  /** Answers deliveries in this way from now on. */
  answerBy(policy: PushPolicy): void {
    this.policy = policy;
  }

  private async receive({ method, path, headers, body: sent }: PushDelivery): Promise<PushReply> {
    const { inbox, redact, bodies, elapsed } = this.options;
    const at = elapsed();
    // Nobody asked for a delivery, so that none is free.
    const body = await read(sent, bodies.share(mostBytes, 0));
    this.isBlind ||= body === undefined;
    if (method !== 'POST' || body === undefined) return replyOf({ status: body === undefined ? 413 : 405 });
    const token = readJwt(body);
    const reply = replyOf((await this.policy(token)) ?? { status: 202 });
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
        url: `${this.options.publicUrl ?? 'http://127.0.0.1'}${redact(path)}`,
        headers: redactedFields(headers, redact),
        body: redact(body),
      },
      response: { status: reply.status, headers: [], body: reply.body, truncated: false },
    };
    inbox.deliver({ via: 'push', exchange, token });
    return reply;
  }
}
