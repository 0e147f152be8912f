/** Remembers what has happened, and hands it to whoever listens. Claims are put together when a token is first read. */
import type { Json } from '../resources/representation.js';
import type { Seams } from '../seams.js';
import type { Claims, EventContext, ScimSubject } from './claims.js';
import type { Draft, SecurityEvent } from './draft.js';
import { EventStream } from './event-stream.js';
import { NewestOf } from './newest-of.js';
import { once } from './once.js';

/** What happened, to whom. */
export interface Happening {
  readonly subject: ScimSubject;
  /** Payloads by event URI. */
  readonly events: () => Json;
  /** A new one where absent. */
  readonly txn: string | undefined;
  readonly context: EventContext;
}

export interface EventLogOptions {
  /** Known when the server listens. */
  readonly issuer: () => string;
  /** Who a token for this client is for; undefined: for all. */
  readonly audience: (client: string | undefined) => string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Unguessable. */
  readonly newId: () => string;
  readonly sign: (claims: Claims) => Promise<string>;
  readonly claimsOf: Seams['claimsOf'];
  readonly pollStream: Seams['pollStream'];
}

/** Tokens that are kept for one who does not read them. */
export const kept = 20_000;

type Listener = (draft: Draft) => void;

const isFor = ({ client }: Draft, name: string): boolean => client === undefined || client === name;

export class EventLog {
  private readonly history = new NewestOf<Draft>(kept);
  private readonly streams = new Map<string, EventStream>();
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(private readonly options: EventLogOptions) {}

  publish(happening: Happening): Draft {
    const iat = Math.floor(this.options.now() / 1000);
    const { client } = happening.context;
    const draft: Draft = { client, event: once(() => this.make(happening, iat)) };
    this.history.add(draft);
    for (const [name, listeners] of this.listeners) {
      if (isFor(draft, name)) for (const listen of listeners) listen(draft);
    }
    return draft;
  }

  /** What this client has to poll. It begins with all that is still remembered. */
  streamOf(client: string): EventStream {
    let stream = this.streams.get(client);
    if (stream === undefined) {
      const past = [...this.history].filter((draft) => isFor(draft, client));
      const made = new EventStream(past, kept, this.options.pollStream);
      stream = made;
      this.streams.set(client, made);
      this.listen(client, (draft) => made.add(draft));
    }
    return stream;
  }

  /** Tells of everything for this client from now on; the function that is returned ends it. */
  listen(client: string, listener: Listener): () => void {
    const listeners = this.listeners.get(client) ?? new Set();
    this.listeners.set(client, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  private make({ subject, events, txn, context }: Happening, iat: number): SecurityEvent | undefined {
    const { issuer, audience, newId, claimsOf, sign } = this.options;
    const jti = newId();
    const honest: Claims = {
      iss: issuer(),
      iat,
      jti,
      aud: audience(context.client),
      txn: txn ?? newId(),
      sub_id: subject,
      events: events(),
    };
    const claims = claimsOf(honest, context);
    if (claims === undefined) return undefined;
    return {
      jti: typeof claims.jti === 'string' ? claims.jti : jti,
      claims,
      token: once(() => sign(claims)),
    };
  }
}
