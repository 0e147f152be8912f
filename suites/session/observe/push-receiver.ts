/** Receives security event tokens that are pushed to the suite (RFC 8935), and answers the pushes. */
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

/** Chooses the answer to a delivery; undefined means 202. */
export type PushPolicy = (token: TokenContent) => PushAnswer | undefined | Promise<PushAnswer | undefined>;

/** A delivery with more bytes is refused. */
const mostBytes = 1024 * 1024;

/** Reads the body; undefined if it is too long. */
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
    // The credential that the provider sends to the suite is a secret of the user, too.
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
  /** Limits the memory for deliveries, together with all other bodies from the target. */
  readonly bodies: BodyBudget;
  /** Milliseconds from the start of the run. */
  readonly elapsed: () => number;
}

export class PushReceiver {
  private server: PushServer | undefined;
  /** Chooses the answers to the next deliveries. */
  private policy: PushPolicy = () => undefined;
  /** Whether a delivery was too long to be taken. */
  hasLostTokens = false;

  constructor(private readonly options: ReceiverOptions) {}

  /** Receives deliveries from now on; returns the URL to push to. Rejects if the port is in use. */
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
    // Deliveries are not requested by the suite, so that every byte of them counts towards the limit.
    const body = await read(sent, bodies.share(mostBytes, 0));
    this.hasLostTokens ||= body === undefined;
    if (method !== 'POST' || body === undefined) return replyOf({ status: body === undefined ? 413 : 405 });
    const token = readJwt(body);
    const reply = replyOf((await this.policy(token)) ?? { status: 202 });
    const exchange: Exchange = {
      type: 'exchange',
      // Set when the exchange is recorded in a trace.
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
