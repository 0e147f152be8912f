/** Receives security event tokens that are pushed to the suite (RFC 8935), and answers the pushes. */
import { header, mediaType } from '../../../schemas/names.js';
import type { Exchange } from '../../../schemas/types.js';
import type { BodyBudget } from '../../client/body-budget.js';
import type { OpenPushServer, PushDelivery, PushPlace, PushReply, PushServer } from '../../environment/push-server.js';
import type { Inbox } from './inbox.js';
import { refusalOf } from './push-form.js';
import { mostTaken, readBody, redactedFields, turnedAway } from './taken-delivery.js';
import { readJwt, type TokenContent } from '../../security-events/security-event-token.js';

/** How a delivery is answered (RFC 8935 §2.2, §2.3). */
export interface PushAnswer {
  readonly status: number;
  readonly body?: { readonly err: string; readonly description: string };
}

/** Chooses the answer to a delivery; undefined means 202. */
export type PushPolicy = (token: TokenContent) => PushAnswer | undefined | Promise<PushAnswer | undefined>;

const replyOf = ({ status, body }: PushAnswer): PushReply => ({
  status,
  headers: body === undefined ? [] : [[header.contentType, mediaType.json]],
  body: body === undefined ? '' : JSON.stringify(body),
});

export interface ReceiverOptions extends PushPlace {
  /** The last part of the path: only who knows it may push. */
  readonly secret: string;
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
  private open = 0;
  private taken = 0;
  /** Whether a delivery was too long or one too many to be taken. */
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

  private async receive(delivery: PushDelivery): Promise<PushReply> {
    // Whoever does not know the path is not the provider.
    if (delivery.path.split('?')[0]?.split('/').at(-1) !== this.options.secret) return turnedAway(404);
    if (delivery.method !== 'POST') return turnedAway(405);
    if (this.open >= mostTaken.atATime) return this.lose(503);
    if (this.taken >= mostTaken.inAll) return this.lose(429);
    this.open += 1;
    this.taken += 1;
    try {
      // Deliveries are not requested by the suite, so that every byte of them counts towards the limit.
      const body = await readBody(delivery.body, this.options.bodies.share(mostTaken.bytes, 0));
      return body === undefined ? this.lose(413) : await this.take(delivery, body);
    } finally {
      this.open -= 1;
    }
  }

  private lose(status: number): PushReply {
    this.hasLostTokens = true;
    return turnedAway(status);
  }

  /** Keeps a delivery, also one that is refused: it is evidence, and its token may be the one that is waited for. */
  private async take({ path, headers }: PushDelivery, body: string): Promise<PushReply> {
    const { inbox, redact, elapsed, secret } = this.options;
    const at = elapsed();
    const token = readJwt(body);
    const refusal = refusalOf(headers, body);
    const chosen = (await this.policy(token)) ?? { status: 202 };
    const reply = replyOf(refusal === undefined ? chosen : { status: 400, body: refusal });
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
        url: `${this.options.publicUrl ?? 'http://127.0.0.1'}${redact(path)}`.replaceAll(secret, '{{push-path}}'),
        headers: redactedFields(headers, redact),
        body: redact(body),
      },
      response: { status: reply.status, headers: [], body: reply.body, truncated: false },
    };
    inbox.deliver({ via: 'push', exchange, token, ...(refusal === undefined ? {} : { isRefused: true }) });
    return reply;
  }
}
