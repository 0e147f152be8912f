/** Receives deliveries to webhooks (profile HOOK). Each webhook has an address of its own, so that none gets another's. */
import { createHash } from 'node:crypto';
import type { Exchange } from '../../../schemas/types.js';
import type { BodyBudget } from '../../client/body-budget.js';
import type { Clock } from '../../client/clock.js';
import type { OpenPushServer, PushDelivery, PushPlace, PushReply, PushServer } from '../../environment/push-server.js';
import { mostTaken, readBody, redactedFields, turnedAway } from './taken-delivery.js';

/** How a delivery is answered: with an HTTP status, or not at all. */
export type WebhookAnswer = number | 'none';

export interface WebhookAddress {
  /** The URL to register. */
  readonly url: string;
  /** The secret to register. It is made for this webhook, and records show it. */
  readonly secret: string;
  /** What came so far about resources of the run, in order. */
  readonly deliveries: readonly Exchange[];
  /** Answers deliveries so from now on, depending on their bodies. */
  answerBy(policy: (body: string) => WebhookAnswer): void;
  /** Records the deliveries with this text, too, which did not show that they are about a resource of the run. */
  claim(text: string): void;
  /** Resolves with the next delivery, or after so many milliseconds. */
  arrival(milliseconds: number): Promise<void>;
  /** Takes no deliveries any more. */
  close(): void;
}

export interface WebhookReceiverOptions extends PushPlace {
  /** The part of the path before that of the webhook: only who knows it may deliver. */
  readonly secret: string;
  /** A text in the names of all resources of the run. */
  readonly mark: string;
  readonly redact: (text: string) => string;
  /** Limits the memory for deliveries, together with all other bodies from the target. */
  readonly bodies: BodyBudget;
  readonly clock: Clock;
  /** Milliseconds from the start of the run. */
  readonly elapsed: () => number;
}

/** Number of deliveries that are kept in case that they turn out to be about the run. */
const mostUnclaimed = 100;

interface Box {
  readonly record: (exchange: Omit<Exchange, 'n'>) => Exchange;
  readonly deliveries: Exchange[];
  /** About resources that are not those of the run, as far as is known: they are not recorded. */
  readonly unclaimed: Omit<Exchange, 'n'>[];
  /** Texts in deliveries that are about the run. */
  readonly claims: string[];
  policy: (body: string) => WebhookAnswer;
  readonly wakes: Set<() => void>;
}

const keep = (box: Box, exchange: Omit<Exchange, 'n'>): void => {
  box.deliveries.push(box.record(exchange));
  for (const wake of [...box.wakes]) wake();
};

/** Shorter texts may be found anywhere. */
const shortestClaim = 6;

const claim = (box: Box, text: string): void => {
  if (text.length < shortestClaim) return;
  box.claims.push(text);
  for (const exchange of box.unclaimed.filter(({ request }) => request.body?.includes(text) === true)) {
    box.unclaimed.splice(box.unclaimed.indexOf(exchange), 1);
    keep(box, exchange);
  }
};

export class WebhookReceiver {
  private server: PushServer | undefined;
  private readonly boxes = new Map<string, Box>();
  private open = 0;
  private taken = 0;

  constructor(private readonly options: WebhookReceiverOptions) {}

  /** Receives deliveries from now on; returns its URL. Rejects if the port is in use. */
  async start(open: OpenPushServer): Promise<string> {
    this.server = await open(this.options, (delivery) => this.receive(delivery));
    return this.server.url;
  }

  async stop(): Promise<void> {
    await this.server?.close();
  }

  /** A new address for a webhook of this name; `record` adds each delivery to a trace, and `signal` ends waiting for them. */
  addressFor(name: string, record: Box['record'], signal: AbortSignal): WebhookAddress {
    const { secret, clock, mark } = this.options;
    const box: Box = { record, deliveries: [], unclaimed: [], claims: [mark], policy: () => 200, wakes: new Set() };
    this.boxes.set(name, box);
    return {
      url: `${this.server?.url ?? ''}/${name}`,
      secret: createHash('sha256').update(`${secret}/${name}`).digest('hex'),
      deliveries: box.deliveries,
      answerBy: (policy) => (box.policy = policy),
      claim: (text) => claim(box, text),
      arrival: async (milliseconds) => {
        const over = new AbortController();
        const wake = (): void => over.abort();
        box.wakes.add(wake);
        await clock.sleep(milliseconds, AbortSignal.any([signal, over.signal]));
        box.wakes.delete(wake);
      },
      close: () => void this.boxes.delete(name),
    };
  }

  private async receive(delivery: PushDelivery): Promise<PushReply> {
    const [secret, name = ''] = (delivery.path.split('?')[0] ?? '').split('/').slice(-2);
    const box = secret === this.options.secret ? this.boxes.get(name) : undefined;
    if (box === undefined) return turnedAway(404);
    if (this.open >= mostTaken.atATime) return turnedAway(503);
    if (this.taken >= mostTaken.inAll) return turnedAway(429);
    this.open += 1;
    this.taken += 1;
    try {
      const body = await readBody(delivery.body, this.options.bodies.share(mostTaken.bytes, 0));
      return body === undefined ? turnedAway(413) : this.take(box, delivery, body);
    } finally {
      this.open -= 1;
    }
  }

  /** Keeps a delivery and answers it. Throws if it is to get no answer. */
  private take(box: Box, { method, path, headers }: PushDelivery, body: string): PushReply {
    const { redact, elapsed, publicUrl = 'http://127.0.0.1', secret } = this.options;
    const answer = box.policy(body);
    const exchange: Omit<Exchange, 'n'> = {
      type: 'exchange',
      purpose: 'webhook-delivery',
      credential: 'none',
      at: elapsed(),
      took: 0,
      request: {
        method,
        url: `${new URL(publicUrl).origin}${redact(path)}`.replaceAll(secret, '{{webhook-path}}'),
        headers: redactedFields(headers, redact),
        body: redact(body),
      },
      ...(answer === 'none'
        ? { failure: { code: 'connection' as const, message: 'the suite gave no answer, as a test' } }
        : { response: { status: answer, headers: [], body: '', truncated: false } }),
    };
    if (box.claims.some((text) => body.toLowerCase().includes(text.toLowerCase()))) keep(box, exchange);
    else if (box.unclaimed.length < mostUnclaimed) box.unclaimed.push(exchange);
    if (answer === 'none') throw new Error('this delivery gets no answer');
    return { status: answer, headers: [], body: '' };
  }
}
